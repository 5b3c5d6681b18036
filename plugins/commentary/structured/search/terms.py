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
from operator import add

KEY_LENGTH = 3  # letters of a word that decide which file holds it: the shortest prefix that finds longer words

_HANGUL = "\uac00-\ud7a3"
_OTHER = (
    "\u1100-\u11ff\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3131-\u318e"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
# `re` compiles these when a text first needs them, and keeps them: 12 ms that a post in plain letters can do without.
_CJK = f"[{_HANGUL}{_OTHER}]"
_WORD = f"[^\\W_{_HANGUL}{_OTHER}]+"
_PAIR = f"(?=({_CJK} ?{_CJK}))"
_RUN = f"{_CJK}+"
_ALONE = f"[{_OTHER}]"
# Most texts hold nothing but these once their marks are of ASCII, and then there is nothing to fold but case.
_PLAIN = f"[\x00-\x7f{_HANGUL}\u4e00-\u9fff]*"
_PLAIN_WORD = "[a-z0-9]+"
# Marks on Latin, Greek and Cyrillic letters (NFC puts kana and Hangul together again), and what shows nothing.
_DROPPED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i"}
_LETTER = re.compile(f"[{''.join(_LETTERS)}]")
_MARKS = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("—", '"'), ("–", '"'), ("…", "."))


def fold(text: str) -> str:
    """The text as it is compared: no case, no diacritics, one form for compatible characters."""
    if text.isascii():
        return text.lower()
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", text)).lower()
    return unicodedata.normalize("NFC", _LETTER.sub(lambda letter: _LETTERS[letter[0]], plain))


def terms(text: str) -> set[str]:
    """The terms of a text."""
    for mark, plain in _MARKS:
        text = text.replace(mark, plain)
    is_plain = text.isascii() or re.fullmatch(_PLAIN, text)
    folded = text.lower() if is_plain else fold(text)
    words = re.findall(_PLAIN_WORD if is_plain else _WORD, folded)
    found = {*words, *map(add, [word[-2:] for word in words], [f" {word[:2]}" for word in words[1:]])}
    if not folded.isascii() and (runs := re.findall(_RUN, folded)):
        found.update(re.findall(_PAIR, folded), re.findall(_ALONE, folded), [run[0] for run in runs])
    return found


def key_of(term: str) -> str:
    """What decides which file holds a term: a word's first letters, of all others the whole."""
    if " " in term:
        return term.replace(" ", "")
    return term if term >= "\u1100" and re.match(_CJK, term) else term[:KEY_LENGTH]
