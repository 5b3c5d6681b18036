"""A block quote's lines -> paragraphs, with the marks that stand on lines of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from commentary.findings import nearest
from commentary.model import Paragraph
from commentary.syntax.marks import read_marks
from commentary.syntax.sanitise import sanitise

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = re.compile(r" {0,3}\{:([^{}]*)\}\s*")
_DEEPEST = 3  # a quotation in a quotation in a quotation; more `>` show as typed
_INNER = re.compile(rf"(?: {{0,3}}> ?){{1,{_DEEPEST}}}")


class Line(NamedTuple):
    """A line of the file; of a block quote, what follows its first `>`."""

    number: int
    text: str


class Stray(NamedTuple):
    """A line that its place makes a mistake: its number, what is wrong, and the way out."""

    line: int
    message: str


class Quotation(NamedTuple):
    """What a block quote says: sanitised paragraphs, the same as runs, and marks that stand nowhere."""

    html: str
    paragraphs: tuple[Paragraph, ...]
    strays: tuple[Stray, ...]


def mark_of(text: str) -> str | None:
    """The name in a line that is nothing but `{: .name }`; None for any other line."""
    mark = _MARK.fullmatch(text) if "{:" in text else None
    return mark[1].strip().removeprefix(".").lstrip() if mark else None


def stray_mark(line: Line) -> Stray:
    """What is wrong with a mark that stands where it marks nothing."""
    name = mark_of(line.text) or ""
    if name == "caption":
        why = "stands under no paragraph; put it straight under the last line of the caption"
    elif name == "original":
        why = "ends no block quote; put it last in the block quote of the original, straight after the translation's"
    else:
        way_out = nearest(name, ("caption", "original")) or "; take it out, or write \\{ for the brace"
        why = f"is no mark{way_out}"
    return Stray(line.number, f"{line.text.strip()} {why}")


def without_blank_end(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines as far as the last that shows something."""
    end = len(lines)
    while end and not lines[end - 1].text.strip():
        end -= 1
    return lines[:end]


def read_quotation(lines: Sequence[Line]) -> Quotation:
    """Read a block quote, its attribution and its mark of an original already taken off."""
    pieces: list[str] = []
    paragraphs: list[Paragraph] = []
    strays: list[Stray] = []
    held: list[str] = []  # lines of the paragraph being read
    depth = 0

    def finish(*, caption: bool = False) -> None:
        if held:
            html, runs = read_marks("\n".join(held))
            paragraphs.append(Paragraph(runs=runs, caption=caption))
            pieces.append(f'<p class="caption">{html}</p>' if caption else f"<p>{html}</p>")
            held.clear()

    for line in lines:
        inner = _INNER.match(line.text)
        text = line.text[inner.end() :] if inner else line.text
        if not text.strip():
            finish()
        elif mark_of(text) is not None:
            if mark_of(text) == "caption" and held:
                finish(caption=True)
            else:
                strays.append(stray_mark(Line(line.number, text)))
        else:
            if (level := inner[0].count(">") if inner else 0) != depth:
                finish()
                pieces.append("<blockquote>" * (level - depth) + "</blockquote>" * (depth - level))
                depth = level
            held.append(text.strip(" \t"))
    finish()
    pieces.append("</blockquote>" * depth)
    return Quotation(sanitise("\n".join(filter(None, pieces))), tuple(paragraphs), tuple(strays))
