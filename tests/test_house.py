"""The conventions of the house, held by reading the code itself."""

import ast
import re

from commentary.checks import explanation
from commentary.cli import COMMANDS
from commentary.findings import RULES
from tests.factories import REPOSITORY

PACKAGE = REPOSITORY / "plugins/commentary"
MODULES = sorted(PACKAGE.rglob("*.py"))
README = (REPOSITORY / "README.md").read_text("utf-8")


def test_no_python_file_is_longer_than_350_lines():
    files = [*MODULES, *(REPOSITORY / "tests").rglob("*.py"), *(REPOSITORY / "benchmarks").rglob("*.py")]

    assert len(files) > 50
    assert {p.name: n for p in files if (n := len(p.read_text("utf-8").splitlines())) > 350} == {}


def test_markup_is_made_in_views_alone():
    makers = {p.relative_to(PACKAGE).as_posix() for p in MODULES if re.search(r"\bMarkup\(", p.read_text("utf-8"))}

    assert makers == {"views.py"}


def test_pelican_and_click_stay_behind_their_borders():
    borders = {"pelican": "pelican_plugin", "click": "cli"}
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in names:
                room = borders.get(name.partition(".")[0])
                assert room is None or room in module.parts, f"{module} imports {name}"


def test_every_rule_is_explained_once():
    for name, rule in RULES.items():
        text = explanation(name)
        assert len(text) > 40, name
        assert not (rule.explanation and text != rule.explanation), name


def test_every_command_stands_in_the_readme_and_has_help():
    for command in COMMANDS:
        assert f"`commentary {command}`" in README


def test_every_public_thing_has_a_docstring():
    """Modules, functions, classes, and the methods of public classes that no base class explains."""
    bare = []
    for module in MODULES:
        tree = ast.parse(module.read_text("utf-8"))
        things = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        methods = [
            member
            for cls in things
            if isinstance(cls, ast.ClassDef) and not cls.name.startswith("_")
            for member in cls.body
            if isinstance(member, ast.FunctionDef)
        ]
        public = [node for node in (*things, *methods) if not node.name.startswith("_") and node.name not in OVERRIDES]
        bare += [f"{module}:{getattr(node, 'name', '')}" for node in (tree, *public) if not ast.get_docstring(node)]

    assert bare == []


# Methods whose promise is their base class's.
OVERRIDES = {"run", "extendMarkdown", "read", "write", "close", "start_tls", "get_extra_info"}
