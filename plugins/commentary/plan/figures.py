"""What can be counted of the posts that quote a publication, or of all posts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median, median_low
from typing import TYPE_CHECKING

from commentary.ledger import LinkState
from commentary.quotation.verdict import Verdict
from commentary.standing import judged, share_of
from commentary.views import paywalled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


def figures(
    posts: Sequence[Post], ledger: Ledger, vocabulary: Vocabulary, counts: Callable[[Source], bool] = lambda _: True
) -> Figures:
    """The figures of posts (newest first), as far as their sources count."""
    pairs = [(post, source) for post in posts for source in post.sources if counts(source)]
    shares = [share_of(post, source.key, ledger.of_source(source)) for post, source in pairs]
    known_shares = [share for share in shares if share is not None]
    links = [known.link.state for _, source in pairs if (known := ledger.of_source(source)).link]
    dates = [(post.posted.date(), s.published) for post, s in pairs if s.published]
    days = [(posted - date.first).days for posted, date in dates if date.day and not date.about]
    return Figures(
        years=tuple(Counter(post.posted.year for post in posts).items()),
        verdicts=_verdicts(pairs, ledger),
        quoted=median(known_shares) if known_shares else None,
        dead=Part(sum(state.is_gone for state in links), len(links)) if links else None,
        drifted=Part(links.count(LinkState.DRIFTED), len(links)) if links else None,
        paywalled=_paywalled([source for _, source in pairs], vocabulary),
        delay=median_low(days) if days else None,
    )


def _verdicts(pairs: Sequence[tuple[Post, Source]], ledger: Ledger) -> tuple[tuple[Verdict, Part], ...]:
    counts: Counter[Verdict] = Counter()
    for post, source in pairs:
        for excerpt in post.excerpts:
            if excerpt.source_key == source.key:
                judgement = judged(excerpt, ledger.of_source(source))
                counts[Verdict(judgement.verdict) if judgement else Verdict.UNCHECKED] += 1
    if not counts.keys() - {Verdict.UNCHECKED}:
        return ()
    return tuple((verdict, Part(counts[verdict], counts.total())) for verdict in Verdict if counts[verdict])


def _paywalled(sources: Sequence[Source], vocabulary: Vocabulary) -> Part | None:
    known = [walled for source in sources if (walled := paywalled(source, vocabulary)) is not None]
    return Part(sum(known), len(known)) if known else None
