"""How a quotation stands to its source, and the way there: what pages say of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from commentary.quotation.fragment import unproven_fragment, with_fragment
from commentary.quotation.verdict import MATCHER_VERSION, Verdict
from commentary.urls import memento_stamp

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from commentary.ledger import Judgement, Known
    from commentary.model import Excerpt, Post, Source

MOST_FRAGMENT = 2000  # characters: a longer address is cut somewhere on its way through mail and feeds


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The outcome of verifying an excerpt, as a page says it."""

    verdict: Verdict
    day: date | None = None  # None: unchecked
    supplied: bool = False  # against a copy that the author supplied, not one that we fetched
    share: float | None = None  # of the source's words, by all excerpts of the post together


@dataclass(frozen=True, slots=True)
class Way:
    """How to get to a source; `href` is the first choice: an archived copy if the source is gone."""

    href: str | None  # None: no address is known
    memento: str | None
    version_date: date  # of the memento, else of the page that we quoted (Robust Links)
    gone: bool
    drifted: bool  # the page answers, but the quoted words are gone


def memento_of(source: Source, known: Known) -> str | None:
    """The address of an archived copy: one that the author gave goes before those that we asked for."""
    return source.memento or (known.memento.uri if known.memento else None)


def way_to(source: Source, known: Known, posted: date) -> Way:
    """The way to a source."""
    memento = memento_of(source, known)
    state = known.link.state if known.link else None
    gone = bool(state and state.is_gone)
    return Way(
        href=memento if gone and memento else source.url,
        memento=memento,
        version_date=_version_date(source, known, posted),
        gone=gone,
        drifted=state == "drifted",
    )


def _version_date(source: Source, known: Known, posted: date) -> date:
    if source.memento:
        stamp = memento_stamp(source.memento)
        try:
            return date.fromisoformat(stamp[:8]) if stamp else posted
        except ValueError:  # digits that are no day
            return posted
    if known.memento:
        return known.memento.at.date()
    return known.copy.at.date() if known.copy else posted


def judged(excerpt: Excerpt, known: Known) -> Judgement | None:
    """The verdict on an excerpt that still holds; None: it is unchecked."""
    return known.judgement(excerpt, matcher=MATCHER_VERSION)


def verdict_view(excerpt: Excerpt, post: Post, known: Known, zone: ZoneInfo) -> VerdictView:
    """What a page says of an excerpt of a post; `known`: of its source."""
    judgement = judged(excerpt, known)
    if judgement is None:
        return VerdictView(Verdict.UNCHECKED)
    retrieval = known.retrieval(judgement)
    return VerdictView(
        verdict=Verdict(judgement.verdict),
        day=judgement.at.astimezone(zone).date(),
        supplied=retrieval is not None and retrieval.how == "supplied",
        share=share_of(post, excerpt.source_key, known),
    )


def share_of(post: Post, key: str | None, known: Known) -> float | None:
    """The share of a source's words that a post's excerpts quote together; None if one of them is unchecked."""
    judgements = [judged(excerpt, known) for excerpt in post.excerpts if excerpt.source_key == key]
    shares = [judgement.share for judgement in judgements if judgement and judgement.share is not None]
    return sum(shares) if shares and len(shares) == len(judgements) else None


def href_at_words(href: str, excerpt: Excerpt, source: Source, known: Known) -> str:
    """An address that opens at the quoted words: proven on the copy, else only if they are long enough to be unique."""
    if judgement := judged(excerpt, known):
        directives = judgement.fragment
    elif source.translation and not excerpt.original:
        directives = None  # the source does not have our words
    else:
        directives = unproven_fragment(excerpt.original or excerpt.paragraphs)
    return with_fragment(href, directives) if directives and len(directives) <= MOST_FRAGMENT else href


def report_href(email: str, url: str) -> str:
    """A `mailto:` (RFC 6068) by which a reader reports an error in a quotation; its subject is the template's to add."""
    return f"mailto:{_mailbox(email)}?body={quote(url, safe='')}%0D%0A%0D%0A"


@lru_cache(1)  # the site's
def _mailbox(email: str) -> str:
    return quote(email, safe="@")
