"""A build compiles the templates that are new to it, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment

from commentary.templating.compiled import Compiled
from commentary.templating.environment import closure_key

if TYPE_CHECKING:
    from pathlib import Path

THEME = {"post.html": '{% extends "base.html" %}', "base.html": "Hello {{ name }}"}


class Watched(Environment):
    """An environment that lists what it parses and compiles."""

    done: list[str]

    def _parse(self, source, name, filename):
        self.done.append(f"parse {name}")
        return super()._parse(source, name, filename)

    def _generate(self, source, name, filename, defer_init=False):
        self.done.append(f"compile {name}")
        return super()._generate(source, name, filename, defer_init)


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    """What a build of the theme has kept."""
    file = tmp_path / "templates"
    assert sorted(done(file)) == ["compile base.html", "compile post.html", "parse base.html", "parse post.html"]
    return file


def done(file: Path | None, theme: dict[str, str] = THEME, key: str = "site") -> list[str]:
    """What a build that keeps its templates in a file does with those of a theme."""
    env = Watched(loader=DictLoader(theme))
    env.done = []
    env.bytecode_cache = compiled = Compiled(file, key)
    assert closure_key(env, "post.html") == closure_key(Environment(loader=DictLoader(theme)), "post.html")
    assert env.get_template("post.html").render(name="Kim") == theme["base.html"].replace("{{ name }}", "Kim")
    compiled.keep()
    return env.done


def test_the_next_build_reads_and_compiles_nothing(file: Path) -> None:
    assert done(file) == []


def test_a_template_that_changed_is_compiled_alone(file: Path) -> None:
    changed = THEME | {"base.html": "Good day {{ name }}"}
    assert done(file, changed) == ["parse base.html", "compile base.html"]
    assert done(file, changed) == []


def test_what_is_not_needed_any_more_is_not_kept(file: Path) -> None:
    done(file, THEME | {"base.html": "Good day {{ name }}"})
    assert done(file) == ["parse base.html", "compile base.html"]


def test_code_for_another_site_is_compiled_anew(file: Path) -> None:
    assert len(done(file, key="another")) == len(THEME) * 2


def test_a_damaged_file_counts_as_nothing(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])
    assert len(done(file)) == len(THEME) * 2


def test_nothing_is_kept_without_a_file() -> None:
    assert len(done(None)) == len(done(None)) == len(THEME) * 2


def test_a_template_that_cannot_be_compiled_is_told_when_it_is_used() -> None:
    env = Environment(loader=DictLoader({"post.html": "{{ 1|nothing }}"}))
    assert closure_key(env, "post.html")
