"""An excerpt as what its source must hold: segments of quoted words, and the gaps between them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from commentary.model import Run
from commentary.quotation.fold import fold
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commentary.model import Paragraph

MAX_REPLACED = 5  # words that one interpolation may stand for; two CJK characters count as a word
_BARE_DOTS = re.compile(r"\s*(…|\.{3,})\s*")
_PARAGRAPH_BREAK = Run(kind="quoted", text="\n")


class Segment(NamedTuple):
    """Words quoted without a mark between them."""

    text: str  # folded
    free: tuple[int, ...] = ()  # places of letters that an editor's bracket gave another case: `[T]he`
    open_start: bool = False  # an interpolation touches it, so it may begin within a word: `[re]united`
    open_end: bool = False  # or end within one: `want[ed]`


class Gap(NamedTuple):
    """What stands before, between or after segments."""

    elided: bool = False
    inserted: str = ""  # the editor's words


@dataclass(frozen=True, slots=True)
class Quotation:
    """Segments in order; `gaps[i]` stands before `segments[i]`, and the last gap after the last segment."""

    segments: tuple[Segment, ...]
    gaps: tuple[Gap, ...]

    def with_loose_ends(self) -> Quotation:
        """The same, but the excerpt may begin and end within a word where no mark of the editor's stands."""
        first, last = self.gaps[0] == Gap(), self.gaps[-1] == Gap()
        segments = list(self.segments)
        segments[0] = segments[0]._replace(open_start=first or segments[0].open_start)
        segments[-1] = segments[-1]._replace(open_end=last or segments[-1].open_end)
        return replace(self, segments=tuple(segments))

    def beside_elision(self, index: int) -> bool:
        """Whether words were left out next to a segment."""
        return self.gaps[index].elided or self.gaps[index + 1].elided


def runs_of(paragraphs: Iterable[Paragraph]) -> list[Run]:
    """An excerpt's runs, captions left out, a line break between paragraphs."""
    runs: list[Run] = []
    for paragraph in paragraphs:
        if not paragraph.caption:
            runs += (_PARAGRAPH_BREAK, *paragraph.runs)
    return runs[1:]


def stretches_of(paragraphs: Iterable[Paragraph]) -> list[list[Run]]:
    """An excerpt's runs in order, each caption apart: it stands elsewhere on the page than the text around it."""
    stretches: list[list[Run]] = []
    for caption, group in groupby(paragraphs, key=lambda paragraph: paragraph.caption):
        if caption:
            stretches += (list(paragraph.runs) for paragraph in group)
        else:
            stretches.append(runs_of(group))
    return stretches


def readings(runs: list[Run], source: str) -> list[list[Run]]:
    """The runs in the ways that they may be meant, the likeliest first: a bracket may be the source's own.

    `source` is folded. Of brackets that stand in it word for word all are its own, or the long ones, or none.
    """
    own = [run.kind == "interpolation" and fold(run.text).text in source for run in runs]
    long = [its and measure(run.text).weight > MAX_REPLACED for its, run in zip(own, runs, strict=True)]
    ways = [[_quoted(run) if its else run for its, run in zip(way, runs, strict=True)] for way in (own, long)]
    return [way for at, way in enumerate([*ways, runs]) if way not in ways[:at]]


def read(runs: Iterable[Run]) -> Quotation:
    """The segments and gaps of an excerpt's runs; a stretch of punctuation alone is no segment."""
    reader = _Reader()
    runs = [*runs]
    for run, following in zip(runs, [*runs[1:], _PARAGRAPH_BREAK], strict=False):
        reader.take(run, following)
    reader.close()
    return Quotation(tuple(reader.segments), (*reader.gaps, reader.gap))


def cut_at_dots(runs: Iterable[Run]) -> list[Run]:
    """The runs as if every bare `…` were an elision."""
    cut: list[Run] = []
    for run in runs:
        if run.kind == "quoted":
            pieces = _BARE_DOTS.split(run.text)
            cut += [Run(kind="elision" if at % 2 else "quoted", text=piece) for at, piece in enumerate(pieces) if piece]
        else:
            cut.append(run)
    return cut


@dataclass(slots=True)
class _Reader:
    """The state of reading an excerpt, run by run."""

    segments: list[Segment] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    gap: Gap = field(default_factory=Gap)
    text: str = ""
    free: list[int] = field(default_factory=list)
    open_start: bool = False
    touched: bool = False  # the run before was an interpolation

    def take(self, run: Run, following: Run) -> None:
        if run.kind == "quoted":
            piece = fold(run.text).text
            if not self.text:
                self.open_start = self.touched and not piece.startswith(" ")
            self.text += piece.lstrip(" ") if not self.text or self.text.endswith(" ") else piece
            self.touched = False
            return
        inserted = run.text.strip("[]")
        if run.kind == "interpolation" and self._changes_case(inserted, following):
            self.free.append(len(self.text))
            self.text += inserted
            self.touched = False
            return
        self.touched = run.kind == "interpolation"
        self.close(open_end=self.touched and not self.text.endswith(" "))
        self.gap = Gap(
            elided=self.gap.elided or run.kind == "elision",
            inserted=f"{self.gap.inserted} {inserted}".strip() if self.touched else self.gap.inserted,
        )

    def close(self, *, open_end: bool = False) -> None:
        """End the segment being read."""
        text = self.text.rstrip(" ")
        if any(map(_shows, text)):
            self.segments.append(Segment(text, tuple(self.free), self.open_start, open_end))
            self.gaps.append(self.gap)
            self.gap = Gap()
        self.text, self.free = "", []

    def _changes_case(self, inserted: str, following: Run) -> bool:
        within_word = self.text[-1:].isalnum() or not following.text[:1].isalpha() or following.kind != "quoted"
        return (
            len(inserted) == 1 and len(inserted.swapcase()) == 1 and inserted.swapcase() != inserted and not within_word
        )


def _quoted(run: Run) -> Run:
    return Run(kind="quoted", text=run.text)


def _shows(character: str) -> bool:
    """Whether a character says something by itself: a letter, a digit, a sign such as % or an emoji."""
    return character.isalnum() or character in "_%‰&@#§" or unicodedata.category(character)[0] == "S"
