"""
A post's body -> its block quotes and the Markdown between them, before Markdown itself sees any of it.

Python-Markdown joins two block quotes that a blank line separates, takes an unquoted line into the quotation and
lets an unclosed tag or comment swallow what follows; so it is given each stretch between block quotes by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from commentary.syntax.excerpt import Line, Stray, mark_of, stray_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUOTED = re.compile(r" {0,3}> ?")
_COMMENT = re.compile(r" {0,3}<!--")
_ENDS = ("-->", "```", "~~~")
# As fenced_code has it: a line that looks like a fence but carries anything else opens none.
_FENCE = re.compile(r"""(~{3,}|`{3,}) *(?:\{[^\n]*\}|\.?[\w#.+-]* *(?:hl_lines=(?:"[^"]*"|'[^']*') *)?)""")


@dataclass(slots=True)
class Stretch:
    """Lines of one voice: a block quote, or what stands between two."""

    quoted: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The first line that shows something."""
        return next(line.number for line in self.lines if line.text.strip())

    @property
    def text(self) -> str:
        """Its Markdown."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Body:
    """The stretches of a body in order; the lines that run on from a block quote; marks outside of any."""

    stretches: tuple[Stretch, ...]
    unquoted: tuple[Line, ...]
    strays: tuple[Stray, ...]


def split_body(text: str, first_line: int = 1) -> Body:
    """Tell the block quotes of a body from the rest; `first_line` is the number of its first line in the file."""
    lines = [Line._make(line) for line in enumerate(re.sub("\r\n?", "\n", text).split("\n"), first_line)]
    ends = _Ends(lines if any(map(text.__contains__, _ENDS)) else ())
    stretches: list[Stretch] = []
    unquoted: list[Line] = []
    strays: list[Stray] = []
    at, after_quote = 0, False

    def add(line: Line, *, quoted: bool) -> None:
        if not stretches or stretches[-1].quoted != quoted:
            stretches.append(Stretch(quoted))
        stretches[-1].lines.append(line)

    while at < len(lines):
        line = lines[at]
        at += 1
        if marker := _QUOTED.match(line.text):
            if not after_quote:
                stretches.append(Stretch(quoted=True))
            add(Line(line.number, line.text[marker.end() :]), quoted=True)
            after_quote = True
            continue
        if mark_of(line.text) is not None:
            if after_quote:
                add(line, quoted=True)
            else:
                strays.append(stray_mark(line))
            continue
        if after_quote and line.text.strip():
            unquoted.append(line)
        after_quote = False
        if ends.comments and (end := ends.of_comment(at - 1)) is not None:
            add(Line(lines[end].number, lines[end].text.partition("-->")[2]), quoted=False)
            at = end + 1
        elif ends.fences and (end := ends.of_fence(at - 1)) is not None:
            for code in lines[at - 1 : end + 1]:
                add(code, quoted=False)
            at = end + 1
        else:
            add(line, quoted=False)
    shown = (s for s in stretches if any(line.text.strip() for line in s.lines))
    return Body(tuple(shown), tuple(unquoted), tuple(strays))


class _Ends:
    """Where fences and comments close, found once, so that a thousand unclosed ones cost no more than one."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.fences: dict[str, list[int]] = defaultdict(list)
        self.comments: list[int] = []
        for i, line in enumerate(lines):
            if line.text.startswith(("```", "~~~")):
                self.fences[line.text.rstrip(" ")].append(i)
            if "-->" in line.text:
                self.comments.append(i)

    def of_fence(self, at: int) -> int | None:
        """The line that closes the fence opened here; None if none is, or nothing closes it."""
        opening = _FENCE.fullmatch(self.lines[at].text)
        return _next(self.fences.get(opening[1], ()), at + 1) if opening else None

    def of_comment(self, at: int) -> int | None:
        """The line that closes the comment opened here; None if none is, or nothing closes it."""
        opening = _COMMENT.match(self.lines[at].text)
        if opening is None:
            return None
        here = "-->" in self.lines[at].text[opening.end() :]
        return at if here else _next(self.comments, at + 1)


def _next(places: Sequence[int], start: int) -> int | None:
    found = bisect_left(places, start)
    return places[found] if found < len(places) else None
