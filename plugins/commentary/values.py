"""The kinds of values our data is made of: read from text, strict, frozen."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from commentary.dates import PartialDate
from commentary.urls import check_url

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47, as far as content needs it


class Frozen(BaseModel):
    """The base of our data: immutable, strict, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


# White space, fillers, marks of direction and of joining: a text of nothing else shows nothing.
_UNSEEN = re.compile(
    r"[\s\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]*"
)


def _one_line(text: str) -> str:
    if _UNSEEN.fullmatch(text):
        raise ValueError("is empty; write it, or leave the key out")
    return _isolated(" ".join(text.split()))


# UAX #9: each of these turns the direction of what follows, until its own end.
_TURNS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")


def _isolated(text: str) -> str:
    """The text, with every turn of direction ended in it, so that none reaches what stands beside it."""
    if text.isprintable():  # and so without any
        return text
    ends: list[str] = []
    for char in text:
        if char in _TURNS:
            ends.append(_TURNS[char])
        elif char in ends:
            del ends[len(ends) - 1 - ends[::-1].index(char) :]
    return text + "".join(reversed(ends))


def _many(value: Any) -> Any:
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


def _truth(value: Any) -> Any:
    if value not in ("true", "false", True, False):
        raise ValueError(f"{value!r} is neither true nor false")
    return value in ("true", True)


def _language(text: str) -> str:
    if not _LANGUAGE.fullmatch(text):
        raise ValueError(f"{text!r} is not a language tag; write en, ko or pt-BR")
    return text


def _partial(value: Any) -> Any:
    if not isinstance(value, str | PartialDate):
        raise ValueError("is not one date; write 2025, 2025-04, 2025-04-28 or ~2025-04-28")
    return PartialDate.parse(value) if isinstance(value, str) else value


# The JSON Schemas are for editors: what an author may write, not what it becomes.
_NAME = {"type": "string", "minLength": 1}
_ONE_OR_MORE = {"anyOf": [_NAME, {"type": "array", "items": _NAME, "minItems": 1}]}

Text = Annotated[str, AfterValidator(_one_line), WithJsonSchema(_NAME)]
Url = Annotated[str, AfterValidator(check_url), WithJsonSchema({"type": "string", "pattern": "^https?://"})]
Language = Annotated[
    Text, AfterValidator(_language), WithJsonSchema({"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"})
]
Flag = Annotated[bool, BeforeValidator(_truth), WithJsonSchema({"type": "boolean"})]
Partial = Annotated[
    PartialDate,
    BeforeValidator(_partial),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["2025-04-28", "2025-04", 2025, "~2025-04-28"]}),
]
Names = Annotated[tuple[Text, ...], BeforeValidator(_many), WithJsonSchema(_ONE_OR_MORE)]
