"""What can be counted of the posts that quote a publication, or of all posts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import itemgetter
from statistics import median, median_low
from typing import TYPE_CHECKING, Any

from commentary.ledger import LinkState
from commentary.quotation.verdict import Verdict
from commentary.standing import judged, share_of
from commentary.views import paywalled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from commentary.ledger import Ledger
    from commentary.model import Post, Source
    from commentary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Part:
    """So many of so many."""

    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted; None, or no row, is what is not known."""

    years: tuple[tuple[int, int], ...]  # (year, posts), newest first
    verdicts: tuple[tuple[Verdict, Part], ...]  # of excerpts, in the order of `Verdict`; none if all are unchecked
    quoted: float | None  # median share of a source's words that a post quotes
    dead: Part | None  # of the links that were ever looked at
    drifted: Part | None
    paywalled: Part | None  # of the sources of which it is known
    delay: int | None  # median days from publication to our post


# What is known of a source that a post quotes, as plain data, which costs least to keep: its publication, the share of
# its words that is quoted, the verdicts on the excerpts, the state of its link, whether it has to be paid for, and the
# days to our post. None: not known.
Fact = tuple[str | None, float | None, tuple[str, ...], str | None, bool | None, int | None]
_SHARE, _VERDICTS, _LINK, _PAYWALL, _DELAY = range(1, 6)


def facts_of(post: Post, ledger: Ledger, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """What figures count of a post, for each of its sources."""
    return tuple(_fact(post, source, ledger, vocabulary) for source in post.sources)


def _fact(post: Post, source: Source, ledger: Ledger, vocabulary: Vocabulary) -> Fact:
    known = ledger.of_source(source)
    verdicts = [judged(excerpt, known) for excerpt in post.excerpts if excerpt.source_key == source.key]
    published = source.published
    is_exact = published and published.day and not published.about
    return (
        source.publication,
        share_of(post, source.key, known),
        tuple(judgement.verdict if judgement else Verdict.UNCHECKED.value for judgement in verdicts),
        known.link.state.value if known.link else None,
        paywalled(source, vocabulary),
        post.day - published.first.toordinal() if published and is_exact else None,
    )


def figures(posts: Sequence[Post], facts: Sequence[Fact]) -> Figures:
    """The figures of posts (newest first), and of what is known of their sources."""
    shares, walls, delays = _known(facts, _SHARE), _known(facts, _PAYWALL), _known(facts, _DELAY)
    links = list(map(LinkState, _known(facts, _LINK)))
    return Figures(
        years=tuple(Counter(date.fromordinal(post.day).year for post in posts).items()),
        verdicts=_verdicts(chain.from_iterable(map(itemgetter(_VERDICTS), facts))),
        quoted=median(shares) if shares else None,
        dead=Part(sum(state.is_gone for state in links), len(links)) if links else None,
        drifted=Part(links.count(LinkState.DRIFTED), len(links)) if links else None,
        paywalled=Part(sum(walls), len(walls)) if walls else None,
        delay=median_low(delays) if delays else None,
    )


def _known(facts: Iterable[Fact], which: int) -> list[Any]:
    return [value for value in map(itemgetter(which), facts) if value is not None]


def _verdicts(verdicts: Iterable[str]) -> tuple[tuple[Verdict, Part], ...]:
    counts = Counter(verdicts)
    if not counts.keys() - {Verdict.UNCHECKED}:
        return ()
    return tuple((verdict, Part(counts[verdict], counts.total())) for verdict in Verdict if counts[verdict])
