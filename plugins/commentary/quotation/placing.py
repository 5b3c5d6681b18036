"""Where an excerpt's segments stand in a text: each whole, in order, each after the one before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from commentary.quotation.bounds import cuts_word
from commentary.quotation.fold import Span
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.quotation.fold import FoldedText
    from commentary.quotation.segments import Gap, Quotation, Segment

MAX_REPLACED = 5  # words that one interpolation may stand for; two CJK characters count as a word
_MAX_REPLACED_LENGTH = 200  # characters; saves counting the words of a longer stretch


class _Place(NamedTuple):
    """One way to place the segments so far: the last of them, where the first began, which place came before."""

    span: Span
    first: int
    before: int


def place(quotation: Quotation, source: FoldedText, *, squeezed: bool = False) -> tuple[Span, ...] | None:
    """The stretch of `source.text` that each segment is, or None if they do not stand there in order.

    `squeezed`: white space does not count. Of several ways the one that leaves out least is taken, then the earliest.
    """
    # For each place of a segment the latest possible place of the one before is the best: it leaves out least and
    # asks least of the gap. So one pass finds the best way, however often each segment occurs.
    layers: list[list[_Place]] = []
    for index, segment in enumerate(quotation.segments):
        spans = _occurrences(segment, source, squeezed=squeezed)
        if index == 0:
            layer = [_Place(span, span.start, -1) for span in spans]
        else:
            layer = list(_reachable(spans, layers[-1], quotation.gaps[index], source.text))
        if not layer:
            return None
        layers.append(layer)
    at = min(layers[-1], key=lambda way: way.span.end - way.first)
    chosen = [at.span]
    for layer in reversed(layers[:-1]):
        at = layer[at.before]
        chosen.append(at.span)
    return tuple(reversed(chosen))


def _reachable(spans: Iterator[Span], before: list[_Place], gap: Gap, text: str) -> Iterator[_Place]:
    latest = -1
    for span in spans:
        while latest + 1 < len(before) and before[latest + 1].span.end <= span.start:
            latest += 1
        if latest >= 0 and (gap.elided or _is_near(text, before[latest].span.end, span.start)):
            yield _Place(span, before[latest].first, latest)


def _is_near(text: str, end: int, start: int) -> bool:
    if start - end <= 2 * MAX_REPLACED:  # characters: too few for more words than that
        return True
    return start - end <= _MAX_REPLACED_LENGTH and measure(text[end:start]).weight <= MAX_REPLACED


def _occurrences(segment: Segment, source: FoldedText, *, squeezed: bool) -> Iterator[Span]:
    text = segment.text.replace(" ", "") if squeezed else segment.text
    free = [at - segment.text.count(" ", 0, at) for at in segment.free] if squeezed else segment.free
    for start in _find(text, free, source.squeezed if squeezed else source.text):
        span = Span(start, start + len(text))
        if squeezed:
            span = Span(source.unsqueezed[span.start], source.unsqueezed[span.end - 1] + 1)
        if (segment.open_start or not cuts_word(source, span.start, glued=squeezed)) and (
            segment.open_end or not cuts_word(source, span.end, glued=squeezed)
        ):
            yield span


def _find(needle: str, free: list[int] | tuple[int, ...], text: str) -> Iterator[int]:
    if free:
        letters = [f"[{c}{c.swapcase()}]" if at in free else re.escape(c) for at, c in enumerate(needle)]
        yield from (match.start() for match in re.finditer(f"(?={''.join(letters)})", text))
        return
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + 1)
