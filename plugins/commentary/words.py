"""How long a text is: in words, or in characters where the script sets no spaces."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Han, kana and Hangul: measured by the character. Korean has spaces, but its words carry their particles.
_CJK = "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_CHARACTERS = re.compile(f"[{_CJK}]+")
_NONE = re.compile("[\x00-\u10ff\u2000-\u20ff]*").fullmatch  # of them, which is quicker to tell
_may_have_marks = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u10ff\u135d-\u1dff\ua66f-\uabff]").search
_WORD = re.compile(r"\w++(?:['’.,-]\w++)*+")


class Length(NamedTuple):
    """The words of a text in spaced scripts, and its characters in Chinese, Japanese and Korean."""

    words: int
    characters: int

    @property
    def weight(self) -> float:
        """Both as one number, to compare texts across scripts: two characters weigh as much as a word."""
        return self.words + self.characters / 2


def measure(text: str) -> Length:
    """The length of a plain text; punctuation counts for nothing."""
    composed = unicodedata.normalize("NFC", text)
    spaced, gaps = (composed, 0) if _NONE(composed) else _CHARACTERS.subn(" ", composed)
    characters = len(composed) - len(spaced) + gaps
    if _may_have_marks(spaced):  # which `\w` takes for no letters, as if a word ended at each
        spaced = "".join(character for character in spaced if unicodedata.category(character)[0] != "M")
    words = _WORD.findall(spaced.replace("_", " "))  # which `\w` takes for a letter
    return Length(len(words), characters)
