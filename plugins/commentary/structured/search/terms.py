"""
What a text is found by. `theme/static/js/search-terms.js` says the same of queries, and
tests/structured/fixtures/search_cases.json holds both to it.

- In spaced scripts each word is a term; a query finds longer words by their beginning. The end of one and the
  beginning of the next are a term ("th ko"), so that a phrase is found among the posts that have its words.
- In CJK two neighbours are a term (기준금리: 기준, 준금, 금리), so that a word is found wherever it stands.
- Two with a space between are a term too ("한 군"): 북한군 finds 북한 군, and 금리 does not find 지금 리뷰.
- A character is a term by itself where a run begins with it and wherever it is not Hangul.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import NamedTuple

KEY_LENGTH = 3  # letters of a word that decide which file holds it: the shortest prefix that finds longer words

_HANGUL = "\uac00-\ud7a3"
_OTHER = (
    "\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
_CJK = f"[{_HANGUL}{_OTHER}]"
_WORD = re.compile(f"[^\\W_{_HANGUL}{_OTHER}]+")
_PAIR = re.compile(f"(?=({_CJK} ?{_CJK}))")
_SINGLE = re.compile(f"(?<!{_CJK}){_CJK}|[{_OTHER}]")
_FIRST_CJK = re.compile(_CJK)
# Marks on Latin, Greek and Cyrillic letters (NFC puts kana and Hangul together again), and what shows nothing.
_DROPPED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i"}
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")


class _Piece(NamedTuple):
    """What stands between two spaces."""

    terms: frozenset[str]  # that it has by itself
    begin: str  # a space and what its first word begins with; "": it has no word
    end: str  # what its last word ends with
    first: str  # a space and the CJK character that it begins with; "": it begins with none
    last: str  # the one that it ends with


def fold(text: str) -> str:
    """The text as it is compared: no case, no diacritics, one form for compatible characters."""
    if text.isascii():
        return text.lower()
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", text)).lower()
    return unicodedata.normalize("NFC", _LETTER.sub(lambda letter: _LETTERS[letter[0]], plain))


def terms(text: str) -> set[str]:
    """The terms of a text."""
    pieces = [*map(_piece, text.replace("\n", "  ").split(" "))]  # two spaces join nothing, and nor does a line's end
    worded = [piece for piece in pieces if piece[1]]
    found = set().union(*[piece[0] for piece in pieces])
    found.update(map(add, [piece[2] for piece in worded], [piece[1] for piece in worded[1:]]))
    found.update([a[4] + b[3] for a, b in pairwise(pieces) if b[3] and a[4]])
    return found


@lru_cache(1 << 14)  # texts use the same words again and again
def _piece(text: str) -> _Piece:
    folded = fold(text)
    words = _WORD.findall(folded)
    own = frozenset((*words, *(f"{a[-2:]} {b[:2]}" for a, b in pairwise(words))))
    begin, end = (f" {words[0][:2]}", words[-1][-2:]) if words else ("", "")
    if folded.isascii():
        return _Piece(own, begin, end, "", "")
    first, last = (char if _FIRST_CJK.match(char) else "" for char in (folded[:1], folded[-1:]))
    own = own.union(_PAIR.findall(folded), _SINGLE.findall(folded))
    return _Piece(own, begin, end, f" {first}" if first else "", last)


def key_of(term: str) -> str:
    """What decides which file holds a term: a word's first letters, of all others the whole."""
    if " " in term:
        return term.replace(" ", "")
    return term if term >= "\u1100" and _FIRST_CJK.match(term) else term[:KEY_LENGTH]
