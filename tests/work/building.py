"""Builds in this process, with an environment made once: what a build renders, and what that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from commentary.publishing.last import LastBuild, file_of
from commentary.publishing.writing import write_site
from commentary.rendering import Renderer
from commentary.settings import Settings, load_settings
from commentary.work.prepare import Prepared, prepare
from tests.factories import REPOSITORY, ZONE

NOW = datetime(2030, 1, 1, tzinfo=ZONE)
ENVIRONMENT = Environment(
    loader=FileSystemLoader(REPOSITORY / "theme/templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)


@dataclass(frozen=True)
class Built:
    """What a build did: paths below its output."""

    rendered: set[str]
    changed: set[str]
    note: str | None


def read(project: Path, output: Path, *, cache: Path | None = None, jobs: int = 1) -> Prepared:
    """A project, read and planned; `cache`: in place of its own."""
    settings = load_settings(project / "pelicanconf.py", OUTPUT_PATH=str(output))
    return prepare(Settings(**dict(settings) | {"jobs": jobs, "cache": cache or settings.cache}), now=NOW)


def renderer_of(prepared: Prepared) -> Renderer:
    """What renders the pages of a plan."""
    return Renderer(
        ENVIRONMENT,
        prepared.settings.site,
        prepared.corpus.vocabulary,
        prepared.files.assets,
        prepared.settings.root,
        ledger=prepared.ledger,
        wording=prepared.wording,
    )


def build(project: Path, output: Path, *, cached: bool = True, jobs: int = 1) -> Built:
    """Build a project; without a cache as if nothing had ever been built."""
    prepared = read(project, output, cache=None if cached else output.with_name(f"{output.name}.cache"), jobs=jobs)
    renderer = renderer_of(prepared)
    rendered: set[str] = set()

    def render(page):
        rendered.add(page.path)
        return renderer.render(page)

    last = LastBuild(file_of(prepared.settings.cache, output) if cached else None)
    written = write_site(output, prepared.plan, render, key=renderer.key, last=last, jobs=jobs)
    return Built(rendered, {*written.changed, *written.removed}, last.note)
