"""What pydantic found, in words an author can use, at the line an author must mend."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING

from commentary.findings import Finding, found
from commentary.urls import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

Loc = tuple[str, ...]

_REQUIRED = ("title", "topics", "source")
# What other blogs' tools call our keys; of several, the first that may stand there is meant.
_ELSEWHERE = {
    **dict.fromkeys(("tag", "tags", "category", "categories", "keywords"), ("topics",)),
    **dict.fromkeys(("link", "link_url", "url", "uri", "href"), ("source", "url")),
    **dict.fromkeys(("authors", "author", "writer"), ("byline",)),
    **dict.fromkeys(("description", "excerpt", "lead"), ("summary",)),
    **dict.fromkeys(("modified", "lastmod"), ("updated",)),
    **dict.fromkeys(("outlet", "publisher", "name"), ("publication",)),
    "title": ("headline", "name"),
    "date": ("published",),
    "series": ("story",),
}
_PREDICATE = re.compile(r"(?:is|holds|has|names) ")  # a message whose subject is the key

_WANTED = {
    "string_type": "write it as one text",
    "model_type": "write `key: value` lines below it",
    "dict_type": "write `key: value` lines below it",
    "tuple_type": "write a list",
    "datetime_type": "write 2025-04-30 or 2025-04-30 09:00",
}


def faults(
    cause: ValidationError,
    *,
    path: str,
    lines: Mapping[str, int],
    known: Callable[[Loc], Collection[str]],
    at: Loc = (),
) -> Iterator[Finding]:
    """Findings for all errors of a validation.

    `lines`: dotted key -> line. `known`: the keys that may stand under a place. `at`: where the
    validated value itself stands.
    """
    errors = cause.errors(include_url=False)
    meant = {
        _likeliest(loc[-1], known(at + loc[:-1]))
        for error in errors
        if error["type"] == "extra_forbidden" and (loc := tuple(str(part) for part in error["loc"]))
    }
    for error in errors:
        if error["type"] == "missing" and error["loc"][-1] in meant:
            continue  # it is there, misspelt, which is said already
        loc = at + tuple(str(part) for part in error["loc"] if part != "[key]")
        if error["type"] not in ("missing", "extra_forbidden"):
            while len(loc) > 1 and ".".join(loc) not in lines:
                loc = loc[:-1]  # an address that stands for a source, one name that stands for a list
        rule, message = _explain(error, loc, known)
        yield found(path, line_of(loc, lines), rule, message)


def line_of(loc: Loc, lines: Mapping[str, int]) -> int:
    """The line of a place, or of the nearest one around it."""
    for end in range(len(loc), 0, -1):
        if line := lines.get(".".join(loc[:end])):
            return line
    return 1


def unknown_key(loc: Loc, known: Collection[str]) -> str:
    """Message for a key that nobody knows: the nearest one, else all that may stand there."""
    *above, name = loc
    likeliest = _likeliest(name, known)
    dotted = ".".join(loc)
    if likeliest:
        return f"{dotted}; did you mean {'.'.join([*above, likeliest])}?"
    return f"{dotted}; known here are {', '.join(known)}"


def _likeliest(name: str, known: Collection[str]) -> str | None:
    """The key that was meant: what other tools call it, else the nearest in spelling."""
    if other := next((key for key in _ELSEWHERE.get(name.casefold(), ()) if key in known), None):
        return other
    return next(iter(get_close_matches(name.casefold(), known, n=1)), None)


def _explain(error: ErrorDetails, loc: Loc, known: Callable[[Loc], Collection[str]]) -> tuple[str, str]:
    kind, value, dotted = error["type"], error["input"], ".".join(loc)
    if kind == "extra_forbidden":
        return "unknown-key", unknown_key(loc, known(loc[:-1]))
    if kind == "missing":
        return "missing-key", f"{dotted} is missing; add a line `{loc[-1]}: …`"
    if isinstance(value, str) and not value.strip():
        return "bad-value", f"{dotted} is empty; write it{'' if dotted in _REQUIRED else ', or leave the key out'}"
    if kind == "value_error":
        message = str(error["ctx"]["error"])
        return "bad-value", f"{dotted}{'' if _PREDICATE.match(message) else ':'} {message}"
    if kind == "enum":
        words = error["ctx"]["expected"].replace("'", "")
        return "bad-value", f"{dotted} is {shorten(str(value))!r}; write {words}"
    return "bad-value", f"{dotted} is {_described(value)}; {_WANTED.get(kind, error['msg'])}"


def _described(value: object) -> str:
    if isinstance(value, str):
        return repr(shorten(value))
    if isinstance(value, Enum):
        return str(value.value)
    return "a list" if isinstance(value, list | tuple) else "a mapping"
