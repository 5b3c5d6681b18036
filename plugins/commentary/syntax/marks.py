"""
The marks inside a paragraph of an excerpt; all else shows as it was typed.

`[…]` `(....)`              elision: words left out
`[that it engaged]` `[T]he` interpolation: the editor's words
`[text](https://…)`         link
`*word*` `**word**`         emphasis, at word bounds only; `_` serves too
a backslash before a mark   the mark's character as itself

One pass; no nesting deeper than a link, an interpolation in it and the emphases in that.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING, Literal

from commentary.model import Run

if TYPE_CHECKING:
    from collections.abc import Iterable

_Kind = Literal["quoted", "elision", "interpolation"]

_DOTS = r"(?= [ ]*+ (?: … | \. [ ]*+ [.…] )) [ .…]*+"
# One set of characters comes first: `re` looks for that faster than for alternatives.
_TOKEN = re.compile(
    rf"""
    [\\*_\[\](]
    (?: (?<=\\) (?P<escaped> [\\*_\[\](){{}}>—-] )
      | (?P<elision> (?<=\[) {_DOTS} \](?!\(https?://) | (?<=\() {_DOTS} \) )
      | (?P<delimiter> (?<=\*) \**+ | (?<=_) _*+ )
      | (?P<bracket> (?<=[\[\]]) )
    )
    """,
    re.VERBOSE,
)
_TARGET = re.compile(r"\((https?://[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+)\)", re.IGNORECASE)
_EMPHASIS = {
    "*": ("<em>", "</em>"),
    "_": ("<em>", "</em>"),
    "**": ("<strong>", "</strong>"),
    "__": ("<strong>", "</strong>"),
    "***": ("<em><strong>", "</strong></em>"),
}


def read_marks(text: str) -> tuple[str, tuple[Run, ...]]:
    """Read one paragraph of an excerpt: its HTML, and its runs as a reader sees them."""
    paragraph = _Paragraph(text)
    paragraph.read(0, len(paragraph.tokens), 0, len(text), marks=True, links=True)
    return paragraph.written()


class _Paragraph:
    """The tokens of one paragraph, its brackets paired, and what has been written of it.

    Written is a list of (what, value): "text" to show, a "tag", or a "turn" to a run of another kind.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_TOKEN.finditer(text))
        self.closing = _pairs(self.tokens)
        self.parts: list[tuple[str, str]] = []

    def read(self, token: int, last: int, start: int, end: int, *, marks: bool, links: bool) -> None:
        """Write text[start:end], which holds tokens[token:last]."""
        opened: dict[str, int] = {}  # a delimiter not closed yet -> its place among the parts
        while token < last:
            found = self.tokens[token]
            self._write(self.text[start : found.start()])
            start = found.end()
            if found.lastgroup == "escaped":
                self._write(found["escaped"])
            elif found.lastgroup == "delimiter":
                self._emphasis(found, opened)
            elif marks and found.lastgroup == "elision":
                self._enter("elision")
                self._write(found[0])
                self._leave()
            elif marks and token in self.closing:
                token, start = self._bracketed(token, links=links)
            else:
                self._write(found[0])
            token += 1
        self._write(self.text[start:end])

    def written(self) -> tuple[str, tuple[Run, ...]]:
        """The paragraph's HTML and its runs."""
        pieces: list[str] = []
        runs: list[Run] = []
        words: list[str] = []
        kind: _Kind = "quoted"
        for what, value in (*self.parts, ("turn", "quoted")):
            if what == "text":
                pieces.append(escape(value, quote=False))
                words.append(value)
            elif what == "tag":
                pieces.append(value)
            else:
                if text := "".join(words):
                    runs.append(Run(kind=kind, text=text))
                words.clear()
                kind = value  # type: ignore[assignment]  # `_enter` and `_leave` write kinds alone
        return "".join(pieces), tuple(runs)

    def _write(self, text: str) -> None:
        if text:
            self.parts.append(("text", text))

    def _enter(self, kind: _Kind) -> None:
        self.parts += (("turn", kind), ("tag", f'<span class="{kind}">'))

    def _leave(self) -> None:
        self.parts += (("turn", "quoted"), ("tag", "</span>"))

    def _bracketed(self, token: int, *, links: bool) -> tuple[int, int]:
        """Write a link or an interpolation; give its last token and the place to go on from."""
        last = self.closing[token]
        start, end = self.tokens[token].end(), self.tokens[last].start()
        if links and (target := _TARGET.match(self.text, end + 1)):
            self.parts.append(("tag", f'<a href="{escape(target[1])}">'))
            self.read(token + 1, last, start, end, marks=True, links=False)
            self.parts.append(("tag", "</a>"))
            while last + 1 < len(self.tokens) and self.tokens[last + 1].start() < target.end():
                last += 1  # an underscore in an address is no emphasis
            return last, target.end()
        self._enter("interpolation")
        self._write("[")
        self.read(token + 1, last, start, end, marks=False, links=False)
        self._write("]")
        self._leave()
        return last, end + 1

    def _emphasis(self, found: re.Match[str], opened: dict[str, int]) -> None:
        """Close what the same delimiter opened; else it shows as typed, unless a later one closes it."""
        delimiter = found[0]
        opens, closes = _bounds(self.text, found)
        if closes and not opens and delimiter in opened:
            place = opened[delimiter]
            for other in [key for key, at in opened.items() if at >= place]:
                del opened[other]  # one opened in between stays as typed: emphases nest, or are none
            before, after = _EMPHASIS[delimiter]
            self.parts[place] = ("tag", before)
            self.parts.append(("tag", after))
            return
        if opens and not closes and delimiter in _EMPHASIS:
            opened[delimiter] = len(self.parts)
        self._write(delimiter)


def _pairs(tokens: Iterable[re.Match[str]]) -> dict[int, int]:
    """The place of each opening bracket that is closed -> the place of its closing one."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for place, token in enumerate(tokens):
        if token.lastgroup != "bracket":
            continue
        if token[0] == "[":
            waiting.append(place)
        elif waiting:
            pairs[waiting.pop()] = place
    return pairs


def _bounds(text: str, delimiter: re.Match[str]) -> tuple[bool, bool]:
    """Whether a delimiter stands where an emphasis can open, and where one can close.

    `5*6*7` and `2 * 3` do neither. A star that could do both, as in `"*"`, is not deliberate and does neither.
    """
    before = text[delimiter.start() - 1 : delimiter.start()] if delimiter.start() else " "
    after = text[delimiter.end() : delimiter.end() + 1] or " "
    opens = not after.isspace() and not _is_close(after) and not _in_word(before) and not _is_close(before)
    closes = not before.isspace() and not _is_open(before) and not _in_word(after) and not _is_open(after)
    return opens, closes


def _in_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"


def _is_open(char: str) -> bool:
    return unicodedata.category(char) == "Ps"  # quotation marks open in one language and close in another


def _is_close(char: str) -> bool:
    return char in ".,;:!?…" or unicodedata.category(char) == "Pe"
