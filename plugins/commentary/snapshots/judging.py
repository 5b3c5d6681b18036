"""An excerpt against a copy of its source: the verdict as the ledger records it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from commentary.ledger import Judgement, Segment, excerpt_hash
from commentary.quotation.fragment import fragment
from commentary.quotation.match import verify
from commentary.quotation.share import share_of_source
from commentary.quotation.verdict import MATCHER_VERSION, Verdict

if TYPE_CHECKING:
    from datetime import datetime

    from commentary.model import Excerpt, Source
    from commentary.quotation.fold import Span
    from commentary.quotation.verdict import Verification
    from commentary.snapshots.store import Snapshot

AROUND = 32  # characters before and after a segment, as annotation clients keep them
MOST_OMITTED = 60  # words of what was left out that we repeat; we publish no more of a source than we quote


class Judged(NamedTuple):
    """A verdict for the ledger, and what an author wants to know of it."""

    judgement: Judgement
    verification: Verification


def can_be_judged(excerpt: Excerpt, source: Source) -> bool:
    """Whether the source has the excerpt's words: a translation is verified by the original beside it."""
    return bool(excerpt.original) or source.translation is None


def judge(excerpt: Excerpt, snapshot: Snapshot, *, at: datetime) -> Judged:
    """Verify an excerpt; where the original stands beside a translation, that is what is compared."""
    page = snapshot.page
    result = verify(excerpt.original or excerpt.paragraphs, page)
    verdict = Verdict.TRANSLATED if excerpt.original and result.verdict.stands else result.verdict
    text = page.embedded_text if result.embedded else page.text
    share = share_of_source([excerpt], snapshot.prose)
    judgement = Judgement(
        url=snapshot.url,
        at=at,
        excerpt=excerpt_hash(excerpt),
        snapshot=snapshot.sha256,
        matcher=MATCHER_VERSION,
        verdict=verdict.value,  # type: ignore[arg-type]  # never "unchecked": it was just checked
        share=None if share is None else round(share, 4),
        embedded=result.embedded,
        fragment=None if result.embedded else fragment(page, result.passages),
        segments=tuple(_segment(text, span) for span in result.segments),
        omitted=tuple(_shortened(text[slice(*span)]) for span in result.omitted),
        warnings=result.warnings,
    )
    return Judged(judgement, result)


def _segment(text: str, span: Span) -> Segment:
    return Segment(
        exact=text[slice(*span)],
        prefix=text[max(0, span.start - AROUND) : span.start],
        suffix=text[span.end : span.end + AROUND],
    )


def _shortened(text: str) -> str:
    words = text.split()
    if len(words) <= MOST_OMITTED:
        return text
    half = MOST_OMITTED // 3
    return f"{' '.join(words[:half])} […{len(words) - 2 * half} words…] {' '.join(words[-half:])}"
