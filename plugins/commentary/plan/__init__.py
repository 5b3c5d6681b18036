"""The plan: every file of the site, known before the first is written."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from commentary.caching import Memos
from commentary.plan.data import data
from commentary.plan.feeds import feeds
from commentary.plan.fingerprints import Fingerprints, digest_of, fingerprint
from commentary.plan.inputs import DocumentInputs, MissingInputs
from commentary.plan.lists import emptied, lists
from commentary.plan.machines import machines
from commentary.plan.page import ORDER, InPost, Kind, Origin, Page, index_path
from commentary.plan.paths import clashes, climbed
from commentary.plan.posts import posts
from commentary.plan.receipts import receipts
from commentary.plan.redirects import astray, redirect_pages
from commentary.plan.search import search
from commentary.published import MANIFEST, Register
from commentary.views import NO_LEDGER, Refs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commentary.corpus import Corpus
    from commentary.ledger import Ledger
    from commentary.reading.redirects import Redirect
    from commentary.settings import Settings

__all__ = [
    "MANIFEST",
    "ORDER",
    "Fingerprints",
    "Kind",
    "Origin",
    "Page",
    "astray",
    "clashes",
    "climbed",
    "digest_of",
    "fingerprint",
    "joined",
    "make_plan",
]


def make_plan(
    corpus: Corpus,
    settings: Settings,
    *,
    files: Iterable[Page] = (),
    register: Register | None = None,
    redirects: Iterable[Redirect] = (),
    ledger: Ledger = NO_LEDGER,
    memos: Memos | None = None,
) -> tuple[Page, ...]:
    """Every page, feed, index and file of the site, in the order they are written; pure and complete.

    `files`: the pages that come from disk as they are (images, extra files, the theme's assets). `register`: what
    was published before; None: nothing. `redirects`: those of content/data/redirects.yaml. `ledger`: what
    is known of sources. `memos`: what the last plan worked out; None: nothing.
    """
    register, redirects = register or Register(), tuple(redirects)
    memos = Memos() if memos is None else memos
    refs = Refs(settings.site)
    outputs = settings.site.outputs
    pages = [
        *posts(corpus, settings.site, refs, memos["posts"]),
        *(receipts(corpus, settings.site, register) if "receipts" in outputs else ()),
        *lists(corpus, settings, register, ledger, ref=refs, memos=memos),
        *feeds(corpus, settings, register, memos["weights"], redirects),
        *(data(corpus) if "open-data" in outputs else ()),
        *(search(corpus, settings) if "search" in outputs else ()),
        *(
            Page(index_path(f"/{d.slug}/"), Kind.DOCUMENT, DocumentInputs(d), Origin(d.path, 1))
            for d in corpus.documents
        ),
        Page("404.html", Kind.MISSING, MissingInputs()),
        *files,
    ]
    pages += emptied(pages, corpus, settings.site, register, redirects)
    pages += redirect_pages(pages, redirects, settings.site)
    pages += machines(pages, settings.site)
    return in_order(pages)


def in_order(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Pages in the order they are written."""
    by_path = sorted(pages, key=itemgetter(0))
    return tuple(sorted(by_path, key=lambda page: ORDER[page.kind]))


def joined(more: Iterable[Page], plan: tuple[Page, ...]) -> tuple[Page, ...]:
    """The pages of two plans of one site, of different posts; what both have because the site has it stands once."""
    own = {(page.path, page.kind) for page in plan if not isinstance(page.origin, InPost)} if more else set()
    others = [page for page in more if isinstance(page.origin, InPost) or (page.path, page.kind) not in own]
    return in_order([*others, *plan]) if others else plan
