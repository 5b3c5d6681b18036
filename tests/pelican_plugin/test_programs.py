"""A site's own programs decide what its pages say, as its templates do."""

import os
import shutil

import pytest

from tests.factories import POST, REPOSITORY, write_project
from tests.folders import tree
from tests.hardening.running import ONE_LINE, commentary

BUILD = ("build", "--now", "2025-05-01")
MODULE = """
from jinja2.ext import Extension


class Signed(Extension):
    def preprocess(self, source, name, filename=None):
        return source.replace("</main>", "ONE</main>")


def finalized(value):
    return "ONE" if value == "signed" else value
"""
SETTINGS = """
import sys
sys.path.insert(0, {folder!r})
import own
{used}
"""
WAYS = {
    "extension": "JINJA_ENVIRONMENT = {**JINJA_ENVIRONMENT, 'extensions': ['jinja2.ext.i18n', 'own.Signed']}",
    "finalize": "JINJA_ENVIRONMENT = {**JINJA_ENVIRONMENT, 'finalize': own.finalized}",
    "filter": "JINJA_FILTERS = {'signed': own.finalized}",
    "global": "JINJA_GLOBALS = {'signed': own.finalized('signed')}",
}
USES = {"finalize": "{{ 'signed' }}", "filter": "{{ 'signed' | signed }}", "global": "{{ signed }}"}


@pytest.mark.parametrize("way", WAYS)
def test_a_program_that_changed_makes_its_pages_anew(tmp_path, way):
    project = write_project(tmp_path / "project", {"2025-04-30-tariff-pause.md": POST})
    shutil.copytree(REPOSITORY / "theme", project / "theme")
    base = project / "theme/templates/base.html"
    base.write_text(base.read_text().replace("</main>", f"{USES.get(way, '')}</main>"))
    settings = project / "pelicanconf.py"
    text = settings.read_text().replace(repr(str(REPOSITORY / "theme")), "'theme'")
    settings.write_text(text + SETTINGS.format(folder=str(project), used=WAYS[way]))
    own = project / "own.py"
    own.write_text(MODULE)
    for file in project.rglob("*"):
        os.utime(file, (1_700_000_000.5, 1_700_000_000.5))
    for _ in range(2):
        assert commentary(project, *BUILD).returncode == 0
    assert b"ONE</main>" in tree(project / "output")["index.html"]

    own.write_text(MODULE.replace("ONE", "ANOTHER"))
    assert commentary(project, *BUILD).returncode == 0

    assert b"ANOTHER</main>" in tree(project / "output")["index.html"]


@pytest.mark.parametrize(
    "wrong",
    [
        "JINJA_ENVIRONMENT = ['x']",
        "JINJA_ENVIRONMENT = {**JINJA_ENVIRONMENT, 'extensions': 5}",
        "JINJA_ENVIRONMENT = {**JINJA_ENVIRONMENT, 'extensions': ['nowhere.Extension']}",
        "JINJA_ENVIRONMENT = {**JINJA_ENVIRONMENT, 'autoescape': False}",
        "JINJA_ENVIRONMENT = {**JINJA_ENVIRONMENT, 'undefined': 5}",
        "JINJA_ENVIRONMENT = {}",
        "JINJA_FILTERS = 5",
        "JINJA_GLOBALS = [1]",
    ],
)
def test_an_environment_that_cannot_be_is_said_in_one_line(tmp_path, wrong):
    project = write_project(tmp_path / "project", {"2025-04-30-tariff-pause.md": POST})
    settings = project / "pelicanconf.py"
    settings.write_text(f"{settings.read_text()}\n{wrong}\n")

    result = commentary(project, *BUILD)

    assert result.returncode == 2
    assert ONE_LINE.fullmatch(result.stderr)
    assert not (project / "output").exists()
