"""Where an excerpt's segments stand in a text: each whole, in order, each after the one before."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from commentary.quotation.bounds import changes_kind, cuts_word, is_hangul, is_spaced
from commentary.quotation.fold import Span
from commentary.quotation.segments import MAX_REPLACED
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.quotation.fold import FoldedText
    from commentary.quotation.segments import Gap, Quotation, Segment

_MAX_REPLACED_LENGTH = 200  # characters; saves counting the words of a longer stretch


class Spaces(Enum):
    """What the spaces of a text count for."""

    ALL = auto()  # they must be the source's
    WORDS = auto()  # a page may have lost or gained one, but not so that it makes one word of two, or two of one
    NONE = auto()


class _Place(NamedTuple):
    """One way to place the segments so far: the last of them, where the first began, which place came before."""

    span: Span
    first: int
    before: int


def place(quotation: Quotation, source: FoldedText, spaces: Spaces = Spaces.ALL) -> tuple[Span, ...] | None:
    """The stretch of `source.text` that each segment is, or None if they do not stand there in order.

    Of several ways the one that leaves out least is taken, then the earliest.
    """
    # For each place of a segment the latest possible place of the one before is the best: it leaves out least and
    # asks least of the gap. So one pass finds the best way, however often each segment occurs.
    layers: list[list[_Place]] = []
    for index, segment in enumerate(quotation.segments):
        spans = _occurrences(segment, source) if spaces is Spaces.ALL else _squeezed(segment, source, spaces)
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


def _occurrences(segment: Segment, source: FoldedText) -> Iterator[Span]:
    for start in _find(segment.text, segment.free, source.text):
        span = Span(start, start + len(segment.text))
        if _is_whole(segment, span, source, glued=False):
            yield span


def _squeezed(segment: Segment, source: FoldedText, spaces: Spaces) -> Iterator[Span]:
    """Where a segment stands if white space does not count, or only within words."""
    text = segment.text.replace(" ", "")
    gaps = {at - segment.text.count(" ", 0, at) for at, character in enumerate(segment.text) if character == " "}
    joints = _joints(text) if spaces is Spaces.WORDS else frozenset[int]()
    lost, kept = sorted(joints & gaps), joints - gaps
    for start in _find(text, [at - segment.text.count(" ", 0, at) for at in segment.free], source.squeezed):
        span = Span(source.unsqueezed[start], source.unsqueezed[start + len(text) - 1] + 1)
        whole = _is_whole(segment, span, source, glued=True)
        if whole and not (joints and _makes_other_words(lost, kept, start, span, source)):
            yield span


def _is_whole(segment: Segment, span: Span, source: FoldedText, *, glued: bool) -> bool:
    return (segment.open_start or not cuts_word(source, span.start, glued=glued)) and (
        segment.open_end or not cuts_word(source, span.end, glued=glued)
    )


def _joints(text: str) -> frozenset[int]:
    """Where a space would stand between two letters of a word, had the text spaces; in Korean few agree on that."""
    inner = [is_spaced(character) and not is_hangul(character) for character in text]
    return frozenset(
        at for at in range(1, len(text)) if inner[at - 1] and inner[at] and not changes_kind(text[at - 1], text[at])
    )


def _makes_other_words(lost: list[int], kept: frozenset[int], start: int, span: Span, source: FoldedText) -> bool:
    """Whether the source has no space at a joint where an excerpt has one (`lost`), or has one where it has none."""
    places = source.unsqueezed
    if any(places[start + at] == places[start + at - 1] + 1 for at in lost):
        return True
    space = source.text.find(" ", span.start, span.end)
    while space >= 0:
        at = bisect_left(places, space) - start
        # A soft hyphen before it: the page broke the word over two lines.
        if at in kept and "\u00ad" not in source.original[slice(*source.span(space - 1, space + 1))]:
            return True
        space = source.text.find(" ", space + 1, span.end)
    return False


def _find(needle: str, free: list[int] | tuple[int, ...], text: str) -> Iterator[int]:
    if free:
        letters = [f"[{c}{c.swapcase()}]" if at in free else re.escape(c) for at, c in enumerate(needle)]
        yield from (match.start() for match in re.finditer(f"(?={''.join(letters)})", text))
        return
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + 1)
