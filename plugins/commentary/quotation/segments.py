"""An excerpt as what its source must hold: segments of quoted words, and the gaps between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from commentary.model import Run
from commentary.quotation.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commentary.model import Paragraph

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


def read(runs: Iterable[Run]) -> Quotation:
    """The segments and gaps of an excerpt's runs; a stretch without a letter or digit is no segment."""
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
        if re.search(r"\w", text):
            self.segments.append(Segment(text, tuple(self.free), self.open_start, open_end))
            self.gaps.append(self.gap)
            self.gap = Gap()
        self.text, self.free = "", []

    def _changes_case(self, inserted: str, following: Run) -> bool:
        within_word = self.text[-1:].isalnum() or not following.text[:1].isalpha() or following.kind != "quoted"
        return (
            len(inserted) == 1 and len(inserted.swapcase()) == 1 and inserted.swapcase() != inserted and not within_word
        )
