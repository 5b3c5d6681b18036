"""
Two texts are compared after folding: NFC, plain quotes and dashes, `...` for `…`, one space for any white space.

Soft hyphens and zero-width characters are dropped. Nothing else is folded: not case, not punctuation, not word order.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Embeddings, overrides and isolates: what stands between them is read in another order than it is compared in.
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Soft hyphens, zero-width spaces and joiners, marks of direction: as a class of a regular expression.
IGNORED = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_SPACE = "\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # all but the plain one
_QUOTES = {"'": "‘’‚‛‹›′", '"': "“”„‟«»″", "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "...": "…"}

_PLAIN = {character: plain for plain, characters in _QUOTES.items() for character in characters}
_FOLDED = re.compile(f"[{IGNORED}{_SPACE}{''.join(_PLAIN)}]")
_SPACES = re.compile(f"[{_SPACE}]")
# Where the folded text is longer or shorter than the original.
_RESIZED = re.compile(f"[ {_SPACE}{IGNORED}]{{2,}}|[{IGNORED}…]")
_JOINING = re.compile(f"[\u1160-\u11ff\ud7b0-\ud7ff{IGNORED}]")  # Hangul vowels and finals join what they follow


class Span(NamedTuple):
    """A stretch of a text: `text[start:end]`."""

    start: int
    end: int


class _Edit(NamedTuple):
    """A stretch of the original, and what it became in the folded text."""

    original: Span
    folded: Span


@dataclass(frozen=True)
class FoldedText:
    """A text as it is compared; it knows which stretch of the original each of its own stretches was."""

    original: str = field(repr=False)
    text: str

    def span(self, start: int, end: int) -> Span:
        """The stretch of the original that became `text[start:end]`, which must not be empty."""
        return Span(self._unfold(start).start, self._unfold(end - 1).end)

    def character(self, at: int) -> str:
        """What stood in the original where `text[at]` stands."""
        return self.original[slice(*self._unfold(at))]

    @cached_property
    def squeezed(self) -> str:
        """The folded text without its spaces."""
        return self.text.replace(" ", "")

    @cached_property
    def unsqueezed(self) -> list[int]:
        """For each character of `squeezed`, its place in `text`."""
        return [at for at, character in enumerate(self.text) if character != " "]

    def _unfold(self, at: int) -> Span:
        index = bisect_right(self._edits, at, key=lambda edit: edit.folded.start) - 1
        if index < 0:
            return Span(at, at + 1)
        original, folded = self._edits[index]
        if at < folded.end:
            return original
        start = original.end + at - folded.end
        return Span(start, start + 1)

    @cached_property
    def _edits(self) -> list[_Edit]:
        edits = []
        shift = 0  # how much longer the folded text is, so far
        if not unicodedata.is_normalized("NFC", self.original):
            stretches = _clusters(self.original)
        elif len(self.text) == len(self.original) + 2 * self.original.count("…"):  # then nothing shrank: the usual page
            stretches = (match.span() for match in re.finditer("…", self.original))
        else:
            stretches = (match.span() for match in _RESIZED.finditer(self.original))
        for start, end in stretches:
            length = 3 if self.original[start:end] == "…" else len(_fold(self.original[start:end]))
            if length != end - start:
                edits.append(_Edit(Span(start, end), Span(start + shift, start + shift + length)))
                shift += length - (end - start)
        return edits


def fold(text: str) -> FoldedText:
    """A text as it is compared."""
    return FoldedText(text, _fold(text))


def _fold(text: str) -> str:
    for character in set(_FOLDED.findall(text)):
        text = text.replace(character, _PLAIN.get(character) or (" " if _SPACES.match(character) else ""))
    text = unicodedata.normalize("NFC", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that normalisation may change, each one apart from the rest: a letter with its marks, a run of space."""
    start = 0
    for at, character in enumerate(text):
        joins = unicodedata.category(character)[0] == "M" or _JOINING.match(character)
        if not joins and not (character.isspace() and text[start].isspace()):
            if at > start:
                yield start, at
            start = at
    if text:
        yield start, len(text)
