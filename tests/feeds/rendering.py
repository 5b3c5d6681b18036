"""The feeds of a corpus as bytes, by the theme's own templates."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from commentary.plan import Kind, make_plan
from commentary.rendering import Assets, Renderer
from commentary.templating.interface import read_wording
from commentary.views import NO_LEDGER
from tests.factories import REPOSITORY, make_settings

if TYPE_CHECKING:
    from commentary.corpus import Corpus
    from commentary.ledger import Ledger

FEEDS = {Kind.ATOM, Kind.RSS, Kind.JSON_FEED}
DATA = {Kind.QUOTATIONS_JSON, Kind.QUOTATIONS_CSV}


def rendered(corpus: Corpus, kinds: set[Kind] = FEEDS, ledger: Ledger = NO_LEDGER, **changes: Any) -> dict[str, bytes]:
    """Path -> bytes of every page of these kinds."""
    settings = make_settings()
    env = Environment(
        loader=FileSystemLoader(REPOSITORY / "theme/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    assets = Assets(**{field.name: {} if field.name == "scripts" else "/theme/file" for field in fields(Assets)})
    wording = read_wording(REPOSITORY / "theme", "en")
    renderer = Renderer(env, settings.site, corpus.vocabulary, assets, settings.root, ledger=ledger, wording=wording)
    pages = [page for page in make_plan(corpus, settings, **changes) if page.kind in kinds]
    assert pages
    return {page.path: renderer.render(page) for page in pages}
