"""Verify an excerpt against its source, word for word."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from commentary.quotation.cautions import cautions, cut_to_another_sense, too_short
from commentary.quotation.fold import REORDERING, Span
from commentary.quotation.nearest import nearest
from commentary.quotation.placing import Spaces, place
from commentary.quotation.segments import cut_at_dots, read, readings, runs_of, stretches_of
from commentary.quotation.verdict import Verdict, Verification
from commentary.urls import shorten
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commentary.model import Paragraph, Run
    from commentary.quotation.fold import FoldedText
    from commentary.quotation.page_text import PageText
    from commentary.quotation.segments import Quotation

MIN_CUT = 4  # words (eight CJK characters) that an excerpt needs at an end that lies within a word


class _Failure(NamedTuple):
    """Why a stretch of an excerpt does not stand."""

    hint: str | None = None  # None: the diff says so
    differs: bool = True  # whether a diff would say anything


def verify(paragraphs: Iterable[Paragraph], page: PageText) -> Verification:
    """How an excerpt (`Excerpt.paragraphs`, or its `original`) stands to the text of its source.

    Visible text is looked at first, then embedded data. The verdict is verbatim, spacing, altered or missing.
    """
    paragraphs = tuple(paragraphs)
    text, captions = runs_of(paragraphs), [list(p.runs) for p in paragraphs if p.caption]
    if control := REORDERING.search("".join(run.text for runs in (text, *captions) for run in runs)):
        reordered = f"it holds U+{ord(control[0]):04X}, which shows its words in another order; delete that"
        return Verification(verdict=Verdict.ALTERED, hint=reordered)
    stretches = [text, *captions] if text or not captions else captions
    if not all(read(stretch).segments for stretch in stretches):
        return Verification(verdict=Verdict.MISSING, hint="it quotes no words; quote some, or make it a remark")
    results = [_verify(stretch, page) for stretch in stretches]
    failures = [result for result in results if isinstance(result, _Failure)]
    if not failures:
        return _together([result for result in results if isinstance(result, Verification)])
    hint = failures[0].hint
    if not hint and isinstance(results[0], Verification):
        hint = "its caption is not in the source’s words; quote it as it stands there, or leave it out"
    close = nearest(stretches_of(paragraphs), page) if any(failure.differs for failure in failures) else None
    return Verification(verdict=Verdict.ALTERED if close or hint else Verdict.MISSING, hint=hint, nearest=close)


def _verify(runs: list[Run], page: PageText) -> Verification | _Failure:
    """Verify a stretch of an excerpt: its text, or a caption."""
    for way in readings(runs, f"{page.folded.text}\n{page.folded_embedded.text}") if _has_brackets(runs) else [runs]:
        quotation = read(way)
        if not too_short(quotation) and (found := _find(quotation, page)):
            return replace(found, warnings=(*found.warnings, *_own_brackets(runs, way)))
    quotation = read(runs)
    if hint := too_short(quotation):
        return _Failure(hint, differs=_find(quotation, page) is None)
    if hint := _hidden_cut(runs, page):
        return _Failure(hint, differs=False)
    return _Failure(_other_words(quotation, page) or _half_word(quotation, page))


def _together(results: list[Verification]) -> Verification:
    """The text of an excerpt and its captions, all of which stand."""
    first, *captions = results
    beside = [caption for caption in captions if caption.embedded == first.embedded]
    unseen = (
        ("text and caption stand apart, one of them only in the page's data, which no reader sees",)
        if len(beside) < len(captions)
        else ()
    )
    return replace(
        first,
        verdict=Verdict.SPACING if any(found.verdict is Verdict.SPACING for found in results) else first.verdict,
        segments=first.segments + tuple(span for found in beside for span in found.segments),
        omitted=first.omitted + tuple(span for found in beside for span in found.omitted),
        warnings=(*(warning for found in results for warning in found.warnings), *unseen),
    )


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
    yield Verdict.SPACING, place(quotation, source, Spaces.WORDS)
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


def _other_words(quotation: Quotation, page: PageText) -> str | None:
    """A hint if nothing but spaces differ, and yet the words: "now here" is not "nowhere"."""
    if any(place(quotation, source, Spaces.NONE) for source in (page.folded, page.folded_embedded)):
        return "its spaces make other words than the source's; set them as there, or put the word in brackets"
    return None


def _half_word(quotation: Quotation, page: PageText) -> str | None:
    """A hint if all would stand but for its ends: a diff of words may have nothing to show there."""
    if any(place(quotation.with_loose_ends(), source) for source in (page.folded, page.folded_embedded)):
        return "it begins or ends within a word or a number of the source, or parts one from its “not”; quote the whole"
    return None


def _has_brackets(runs: list[Run]) -> bool:
    return any(run.kind == "interpolation" for run in runs)


def _own_brackets(runs: list[Run], way: list[Run]) -> Iterator[str]:
    for run, read_as in zip(runs, way, strict=True):
        if run != read_as:
            yield f"“{shorten(run.text)}” is bracketed in the source itself; write \\[, or readers take it for yours"
