"""What can be counted of the posts that quote a publication, or of all posts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from statistics import median, median_low
from typing import TYPE_CHECKING

from commentary.ledger import LinkState
from commentary.quotation.verdict import Verdict
from commentary.standing import judged, share_of
from commentary.views import paywalled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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


Judged = tuple[tuple[float | None, tuple[str, ...]], ...]  # of each source: the share that is quoted, the verdicts


def judgements(post: Post, ledger: Ledger) -> Judged:
    """What is known of a post's quotations, as plain data, for each of its sources."""
    facts = []
    for source in post.sources:
        known = ledger.of_source(source)
        verdicts = [judged(excerpt, known) for excerpt in post.excerpts if excerpt.source_key == source.key]
        told = tuple(judgement.verdict if judgement else Verdict.UNCHECKED.value for judgement in verdicts)
        facts.append((share_of(post, source.key, known), told))
    return tuple(facts)


def figures(
    posts: Sequence[Post],
    ledger: Ledger,
    vocabulary: Vocabulary,
    of: str | None = None,
    *,
    judged: Callable[[Post], Judged] | None = None,
) -> Figures:
    """The figures of posts (newest first), as far as their sources are `of` a publication.

    `judged`: what gives the `judgements` of a post, if somebody keeps them.
    """
    judged = judged or partial(judgements, ledger=ledger)
    facts = [
        (post, source, known)
        for post in posts
        for source, known in zip(post.sources, judged(post), strict=True)
        if of is None or source.publication == of
    ]
    pairs = [(post, source) for post, source, _ in facts]
    known_shares = [share for _, _, (share, _) in facts if share is not None]
    links = [known.link.state for _, source in pairs if (known := ledger.of_source(source)).link]
    dates = [(post.posted.date(), s.published) for post, s in pairs if s.published]
    days = [(posted - date.first).days for posted, date in dates if date.day and not date.about]
    return Figures(
        years=tuple(Counter(post.posted.year for post in posts).items()),
        verdicts=_verdicts(verdict for _, _, (_, verdicts) in facts for verdict in verdicts),
        quoted=median(known_shares) if known_shares else None,
        dead=Part(sum(state.is_gone for state in links), len(links)) if links else None,
        drifted=Part(links.count(LinkState.DRIFTED), len(links)) if links else None,
        paywalled=_paywalled([source for _, source in pairs], vocabulary),
        delay=median_low(days) if days else None,
    )


def _verdicts(verdicts: Iterable[str]) -> tuple[tuple[Verdict, Part], ...]:
    counts = Counter(verdicts)
    if not counts.keys() - {Verdict.UNCHECKED}:
        return ()
    return tuple((verdict, Part(counts[verdict], counts.total())) for verdict in Verdict if counts[verdict])


def _paywalled(sources: Sequence[Source], vocabulary: Vocabulary) -> Part | None:
    known = [walled for source in sources if (walled := paywalled(source, vocabulary)) is not None]
    return Part(sum(known), len(known)) if known else None
