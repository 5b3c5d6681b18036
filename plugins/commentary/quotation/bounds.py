"""Where the words and numbers of a text end, so that none is cut unseen."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commentary.quotation.fold import FoldedText

# Scripts without spaces: where a word ends only a dictionary knows, so a quotation may begin and end anywhere ...
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff]"
)
# ... but between a negation and what it negates. Not after 南非 "South Africa", 是非, 沉没, 有無 and the like.
_NEGATED_AFTER = re.compile(
    "(?:[不未勿]|(?<![南北东東西中亚亞是除])非|(?<![有皆全虚虛絶])[无無]|(?<![沉沈淹埋出覆吞湮泯日陥戦病])[没沒]"
    "|ไม่|ບໍ່|មិន)\\Z"
)
_NEGATED_BEFORE = re.compile(
    "(?<=[\u3040-\u30ff\u3400-\u9fff])(?:ない|なかっ|なく|なけれ|ません|ざる|ず(?:[にと]|(?![ぁ-ゖ]))|ぬ(?![ぁ-ゖ])|まい(?![ぁ-ゖ]))"
)
_LONGEST_NEGATION = 4  # characters, with the one before that makes another word of it
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7a3]")
_DASHES = "‒–—―−"  # part words; a hyphen joins them, and both are folded to one
_PARTING = "—―\n"  # no sign of a number, nor a range of numbers, nor what groups its digits
_CURRENCY = "$€£¥₩₽₹"
# `-5.2`, `10 000`, `1/2`, `12:30`, `10-15`; "2024 300" are two.
_DIGITS = r"(?:(?<!\d)\d{1,3}(?:[ ]\d{3})+(?!\d)|\d+)"
_NUMBER = re.compile(rf"(?:(?<![\w)\]%.,…])-[{_CURRENCY}]?(?=\d))?{_DIGITS}(?:[.,:/⁄∕'-]{_DIGITS})*")
_IN_NUMBERS = f" .,:/⁄∕'-{_CURRENCY}"
_LONGEST_NUMBER = 40  # characters before and after that are looked at


def cuts_word(source: FoldedText, at: int, *, glued: bool) -> bool:
    """Whether `source.text` is within a word at an offset: "lawful" is not quoted from "unlawful", nor "5" from "1.5".

    `glued`: the page may have lost a space, so a word also ends where the case or the kind of character changes.
    """
    text = source.text
    if not 0 < at < len(text):
        return False
    if cut_turns(source, at):
        return True
    before, after = text[at - 1], text[at]
    if is_spaced(before) and is_spaced(after):
        return not (glued and changes_kind(before, after))
    if before in "'-" and at > 1:
        return _joins(source, at - 1)
    return after in "'-" and at + 1 < len(text) and _joins(source, at)


def cut_turns(source: FoldedText, at: int) -> bool:
    """Whether a cut leaves something else whatever the words: another number, another letter, or no negation."""
    text = source.text
    before, after = text[at - 1 : at], text[at : at + 1]
    if not before or not after:
        return False
    if _may_be_of_number(before) and _may_be_of_number(after) and _cuts_number(source, at):
        return True
    if after.isascii():
        return False
    return (is_mark(after) and is_of_word(before)) or _parts_negation(text, at)


def is_spaced(character: str) -> bool:
    """Whether a character is part of a word of a script that sets spaces between words."""
    return is_of_word(character) and not _UNSPACED.match(character)


def is_of_word(character: str) -> bool:
    """Whether a character is a letter, a digit, or a mark on one."""
    return character.isalnum() or character == "_" or is_mark(character)


def is_mark(character: str) -> bool:
    """Whether a character is a sign on the letter before: an accent, or a vowel of an Indic script."""
    return not character.isascii() and unicodedata.category(character)[0] == "M"


def is_hangul(character: str) -> bool:
    """Whether a character is Korean, where spaces stand between words and yet few agree on where."""
    return _HANGUL.match(character) is not None


def changes_kind(before: str, after: str) -> bool:
    """Whether a page that lost a space may have had it between two characters."""
    return (before.islower() and after.isupper()) or before.isdigit() != after.isdigit()


def around(text: str, at: int) -> tuple[str, str]:
    """What of a word, its hyphens and points included, stands before and after a place within it."""
    start = end = at
    while start and _is_joined(text[start - 1]):
        start -= 1
    while end < len(text) and _is_joined(text[end]):
        end += 1
    return text[start:at], text[at:end]


def _is_joined(character: str) -> bool:
    return character in "'.,-" or is_of_word(character)


def _joins(source: FoldedText, at: int) -> bool:
    """Whether the mark at an offset is within a word: `can't`, `non-violent`."""
    before, mark, after = tuple(source.text[at - 1 : at + 2])
    if mark == "-" and source.character(at) in _DASHES:
        return False
    # Korean sets its particles straight after a closing quotation mark.
    return is_spaced(before) and is_spaced(after) and not (is_hangul(before) or is_hangul(after))


def _may_be_of_number(character: str) -> bool:
    return character.isdigit() or character in _IN_NUMBERS


def _cuts_number(source: FoldedText, at: int) -> bool:
    text = source.text
    window = (max(0, at - _LONGEST_NUMBER), at + _LONGEST_NUMBER)
    number = next((found for found in _NUMBER.finditer(text, *window) if found.end() > at), None)
    if not number or number.start() >= at:
        return False
    beside = range(max(number.start(), at - 2), at + 1)
    return not any(text[n] in "- " and set(source.character(n)) & set(_PARTING) for n in beside)


def _parts_negation(text: str, at: int) -> bool:
    if _UNSPACED.match(text[at]) is None:
        return False
    start = max(0, at - _LONGEST_NEGATION)
    return bool(_NEGATED_AFTER.search(text, start, at) or _NEGATED_BEFORE.match(text, at))
