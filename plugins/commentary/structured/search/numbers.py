"""Numbers as text, five bits to a character, lowest first; a character of the latter half goes on (base64 VLQ)."""

from __future__ import annotations

from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_MORE = 32


class _Codes(dict[int, str]):
    """Each number's text, made once."""

    def __missing__(self, number: int) -> str:
        low = number % _MORE
        self[number] = code = DIGITS[low] if number < _MORE else DIGITS[low + _MORE] + self[number // _MORE]
        return code


_CODES = _Codes()


def ascending(numbers: Sequence[int]) -> str:
    """An ascending list as the steps between its numbers, the first from 0."""
    return "".join(map(_CODES.__getitem__, map(sub, numbers, [0, *numbers])))
