"""Verify an excerpt against its source, word for word."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from commentary.quotation.cautions import cautions, cut_to_another_sense, too_short
from commentary.quotation.fold import REORDERING, Span
from commentary.quotation.nearest import nearest
from commentary.quotation.placing import place
from commentary.quotation.segments import cut_at_dots, read, runs_of
from commentary.quotation.verdict import Verdict, Verification
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commentary.model import Paragraph, Run
    from commentary.quotation.fold import FoldedText
    from commentary.quotation.page_text import PageText
    from commentary.quotation.segments import Quotation

MIN_CUT = 4  # words (eight CJK characters) that an excerpt needs at an end that lies within a word


def verify(paragraphs: Iterable[Paragraph], page: PageText) -> Verification:
    """How an excerpt (`Excerpt.paragraphs`, or its `original`) stands to the text of its source.

    Visible text is looked at first, then embedded data. The verdict is verbatim, spacing, altered or missing.
    """
    runs = runs_of(paragraphs)
    quotation = read(runs)
    if not quotation.segments:
        return Verification(verdict=Verdict.MISSING, hint="it quotes no words; quote some, or make it a remark")
    if control := REORDERING.search("".join(run.text for run in runs)):
        reordered = f"it holds U+{ord(control[0]):04X}, which shows its words in another order; delete that"
        return Verification(verdict=Verdict.ALTERED, hint=reordered)
    if hint := too_short(quotation):
        found = _find(quotation, page)
        return Verification(verdict=Verdict.ALTERED, hint=hint, nearest=None if found else nearest(runs, page))
    if found := _find(quotation, page):
        return found
    if hint := _hidden_cut(runs, page):
        return Verification(verdict=Verdict.ALTERED, hint=hint)
    close = nearest(runs, page)
    return Verification(verdict=Verdict.ALTERED if close else Verdict.MISSING, nearest=close)


def _find(quotation: Quotation, page: PageText) -> Verification | None:
    for source, embedded in ((page.folded, False), (page.folded_embedded, True)):
        for verdict, spans in _attempts(quotation, source):
            if spans and not cut_to_another_sense(quotation, spans, source):
                return Verification(
                    verdict=verdict,
                    segments=tuple(source.span(*span) for span in spans),
                    passages=tuple(source.span(*span) for span in _passages(quotation, spans)),
                    omitted=tuple(_omitted(spans, source)),
                    embedded=embedded,
                    warnings=cautions(quotation, spans, source),
                )
    return None


def _attempts(quotation: Quotation, source: FoldedText) -> Iterator[tuple[Verdict, tuple[Span, ...] | None]]:
    yield Verdict.VERBATIM, place(quotation, source)
    yield Verdict.SPACING, place(quotation, source, squeezed=True)
    if all(measure(segment.text).weight >= MIN_CUT for segment in (quotation.segments[0], quotation.segments[-1])):
        yield Verdict.VERBATIM, place(quotation.with_loose_ends(), source)


def _passages(quotation: Quotation, spans: tuple[Span, ...]) -> Iterator[Span]:
    start = spans[0].start
    for gap, before, after in zip(quotation.gaps[1:], spans, spans[1:], strict=False):
        if gap.elided:
            yield Span(start, before.end)
            start = after.start
    yield Span(start, spans[-1].end)


def _omitted(spans: tuple[Span, ...], source: FoldedText) -> Iterator[Span]:
    for before, after in pairwise(spans):
        left_out = source.text[before.end : after.start]
        if words := left_out.strip():
            start = before.end + left_out.index(words)
            yield source.span(start, start + len(words))


def _hidden_cut(runs: list[Run], page: PageText) -> str | None:
    """A hint if the excerpt would stand, were its bare `…` an elision."""
    cut = cut_at_dots(runs)
    if cut != runs and (quotation := read(cut)).segments and _find(quotation, page):
        return "its bare … hides a cut; if the dots are yours, write […]"
    return None
