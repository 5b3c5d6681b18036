"""Templates and style sheets keep the conventions that no build would notice being broken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, FileSystemLoader, meta, nodes

from commentary.plan import Kind
from commentary.work.assets import join_stylesheet
from tests.factories import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATES = REPOSITORY / "theme/templates"
CSS = REPOSITORY / "theme/static/css"
ROOTS = {kind.template for kind in Kind if kind.template} | {"macros/feed.html"}  # a feed's entries call the macro
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
LAYERS = sorted(path.stem for path in CSS.glob("*.css") if path.stem != "layers")

ENV = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"])

# Text that a reader would see between tags or in an attribute that is read out, outside of `_(…)` and `{% trans %}`.
_MARKED = re.compile(r"{#.*?#}|{%-?\s*trans\b.*?endtrans\s*-?%}|{%.*?%}|{{.*?}}", re.DOTALL)
_READ_OUT = re.compile(r'(?:aria-label|title|alt)="([^"]*)"')


def text_of(name: str) -> str:
    return (TEMPLATES / name).read_text("utf-8")


def references(name: str) -> Iterator[str]:
    for reference in meta.find_referenced_templates(ENV.parse(text_of(name))):
        assert reference is not None, f"{name} names a template by computing it"
        yield reference


def interface_words(source: str) -> list[str]:
    """What is left of a template when its marked strings, expressions and tags are taken away."""
    bare = _MARKED.sub("", source)
    shown = re.sub(r'<[^>]*>|[\w-]+="[^"]*"', " ", bare)
    seen = [shown, *_READ_OUT.findall(bare)]
    return [word for part in seen for word in re.findall(r"[^\W\d_]{2,}", part)]


def test_templates_are_there() -> None:
    assert len(NAMES) > 20
    assert len(LAYERS) > 5


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_marked_safe(name: str) -> None:
    """HTML is made safe in views alone; a template that says so itself would let anything through."""
    tree = ENV.parse(text_of(name))
    filters = {node.name for node in tree.find_all(nodes.Filter)}
    assert filters & {"safe", "forceescape"} == set()
    assert "Markup" not in text_of(name)
    assert list(tree.find_all(nodes.ScopedEvalContextModifier)) == []  # {% autoescape false %}


@pytest.mark.parametrize("name", NAMES)
def test_block_ends_are_named(name: str) -> None:
    assert re.findall(r"{%-?\s*endblock\s*-?%}", text_of(name)) == []


def test_every_template_is_reached_from_a_kind_of_page() -> None:
    todo, reached = list(ROOTS), set()
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += references(name)
    assert sorted(reached) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_the_interface_can_be_translated(name: str) -> None:
    assert interface_words(text_of(name)) == []


def test_a_word_that_cannot_be_translated_is_found() -> None:
    assert interface_words('<p aria-label="Other">{{ _("Seen") }} unmarked {# aside #}</p>') == ["unmarked", "Other"]


@pytest.mark.parametrize("name", NAMES)
def test_no_style_stands_in_html(name: str) -> None:
    """The policy lets no inline style or script through, so one would do nothing but be reported; data is neither."""
    inline = r"\sstyle=|\son\w+=|<style|<script(?![^>]*\s(?:src=|type=\"application/ld\+json\"))"
    assert re.findall(inline, text_of(name)) == []


@pytest.mark.parametrize("name", LAYERS)
def test_style_sheet_is_one_layer_of_its_name(name: str) -> None:
    """Styles outside a layer would win over all layers."""
    css = re.sub(r"/\*.*?\*/", "", (CSS / f"{name}.css").read_text("utf-8"), flags=re.DOTALL)
    assert css.strip().startswith(f"@layer {name} {{")
    assert css.count("@layer") == 1
    assert _closes_at_its_end(css.strip())


def _closes_at_its_end(css: str) -> bool:
    depth = 0
    for place, sign in enumerate(css):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "}" and depth == 0:
            return place == len(css) - 1
    return False


def test_every_layer_is_joined_in_the_order_of_layers() -> None:
    joined = re.findall(r"@layer (\w+) {", join_stylesheet(CSS))
    assert sorted(joined) == LAYERS
    assert joined[0] == "tokens"
    assert joined[-1] == "print"


def test_css_has_no_ids_and_nothing_important() -> None:
    css = re.sub(r"/\*.*?\*/", "", join_stylesheet(CSS), flags=re.DOTALL)
    assert re.findall(r"!important|#[\w-]+(?=[^;{}]*{)", css) == []


def test_colours_are_named_in_the_tokens_alone() -> None:
    """A dark or high-contrast scheme changes the palette, so no other file may hold a colour."""
    for name in set(LAYERS) - {"tokens", "print"}:
        css = (CSS / f"{name}.css").read_text("utf-8")
        assert re.findall(r"oklch|rgb|hsl|#[0-9a-f]{3,8}\b|var\(--(?:paper|ink|ash|thread|mist|seal)\)", css) == [], (
            name
        )


def test_every_variable_used_is_declared() -> None:
    css = join_stylesheet(CSS)
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= set(re.findall(r"(--[\w-]+):", css))
