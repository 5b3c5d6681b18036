"""Hashes of what a page is rendered from, which say whether it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from commentary.model import Document, Post
from commentary.plan.inputs import Items
from commentary.structured.search import IndexFile
from commentary.structured.sitemap import Entries
from commentary.views import Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Fingerprints:
    """Hashes of plain data, equal in every process for equal values; what several values hold is read once.

    Values must stay alive and as they are for as long as this does.
    """

    def __init__(self) -> None:
        self._known: dict[int, str] = {}  # by identity: a site has one Ref a post, on many pages

    def of(self, value: object) -> str:
        """SHA-256, the first 32 hex digits."""
        return digest_of(self.text(value))

    def text(self, value: Any) -> str:
        """The value as a text that no other value has: the length of a text stands before it."""
        if known := self._known.get(id(value)):
            return known
        kind = value.__class__
        if kind is str:
            return f"{len(value)}'{value}"
        if kind is tuple:
            return f"({','.join(map(self.text, value))})"
        return _writer(kind)(self, value)

    def _shared(self, value: Any) -> str:
        known = self._known[id(value)] = self.of(_values(value))
        return known

    def _fields(self, value: Any) -> str:
        return f"{value.__class__.__name__}({','.join(map(self.text, _values(value)))})"

    def _mapping(self, value: Mapping[Any, Any]) -> str:
        return f"{{{','.join(sorted(f'{self.text(k)}:{self.text(v)}' for k, v in value.items()))}}}"

    def _sequence(self, value: Iterable[Any]) -> str:
        return self.text(tuple(value))

    def _digest(self, value: Any) -> str:
        """A post's covers all that its page shows, so there is no need to walk it."""
        return str(value.digest)


@cache
def _writer(kind: type[Any]) -> Callable[[Fingerprints, Any], str]:  # noqa: PLR0911 - one for each sort of data
    """What makes a text of a value of this class."""
    if issubclass(kind, Ref):
        return Fingerprints._shared  # noqa: SLF001 - its own
    if issubclass(kind, Post | Document | IndexFile | Items | Entries):
        return Fingerprints._digest  # noqa: SLF001
    if issubclass(kind, StrEnum):
        return lambda _, value: f"{kind.__name__}.{value.value}"
    if issubclass(kind, tuple | list):
        return Fingerprints._sequence  # noqa: SLF001
    if issubclass(kind, date):
        return lambda _, value: str(value.isoformat())
    if issubclass(kind, Mapping):
        return Fingerprints._mapping  # noqa: SLF001
    return Fingerprints._fields if _is_record(kind) else lambda _, value: repr(value)


def digest_of(text: str) -> str:
    """SHA-256 of a text, the first 32 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fingerprint(value: object) -> str:
    """A hash of one value, see `Fingerprints`."""
    return Fingerprints().of(value)


def _is_record(kind: type[Any]) -> bool:
    return issubclass(kind, BaseModel) or is_dataclass(kind)


def _values(value: Any) -> tuple[Any, ...]:
    return _getter(value.__class__)(value)


@cache
def _getter(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    names = tuple(kind.model_fields) if issubclass(kind, BaseModel) else tuple(field.name for field in fields(kind))
    if len(names) < 2:  # noqa: PLR2004 - `attrgetter` gives one value as it is
        return lambda value: tuple([getattr(value, name) for name in names])
    return attrgetter(*names)
