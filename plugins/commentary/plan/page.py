"""A page of the plan: its path, its kind, what it is rendered from, and the key that says whether it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from commentary.model import Document, Post
from commentary.structured.search import IndexFile
from commentary.views import Ref

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from commentary.plan.inputs import Inputs


class Kind(StrEnum):
    """Every kind of file the site is made of, in the order they are written: assets, posts, lists, feeds.

    A kind that has a template is named like it.
    """

    FILE = "file"
    STYLESHEET = "stylesheet"
    TEXT = "text"
    DOCUMENT = "page"
    MISSING = "404"
    POST = "post"
    RECEIPT = "receipt"
    WITHDRAWN = "withdrawn"
    REDIRECT = "redirect"
    TOPIC = "topic"
    PUBLICATION = "publication"
    STORY = "story"
    PERIOD = "period"
    TOPICS = "topics"
    PUBLICATIONS = "publications"
    STORIES = "stories"
    ARCHIVE = "archive"
    CORRECTIONS = "corrections"
    SUBSCRIBE = "subscribe"
    SEARCH_DATA = "search-data"
    SEARCH = "search"
    STREAM = "stream"
    ATOM = "atom"
    RSS = "rss"
    JSON_FEED = "json-feed"
    OPML = "opml"
    QUOTATIONS_JSON = "quotations-json"
    QUOTATIONS_CSV = "quotations-csv"
    SITEMAP = "sitemap"

    @property
    def template(self) -> str | None:
        """The template that renders it; None for what needs none, such as files."""
        match self:
            case (
                Kind.FILE
                | Kind.STYLESHEET
                | Kind.TEXT
                | Kind.RECEIPT
                | Kind.SITEMAP
                | Kind.QUOTATIONS_JSON
                | Kind.QUOTATIONS_CSV
                | Kind.SEARCH_DATA
            ):
                return None
            case Kind.ATOM | Kind.RSS | Kind.JSON_FEED | Kind.OPML:
                return "macros/feed.html"
            case _:
                return f"{self.value}.html"


ORDER = {kind: n for n, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Origin:
    """The line of the author's that asks for a page, for findings."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class InPost:
    """The same of a post: the line of the first of these keys. It is looked up only if there is a finding."""

    post: Post
    keys: tuple[str, ...]

    @property
    def path(self) -> str:
        """The post's."""
        return self.post.path

    @property
    def line(self) -> int:
        """Where the key stands."""
        return self.post.line(*self.keys)


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site. `path` is below the output folder, with `/`, never absolute."""

    path: str
    kind: Kind
    inputs: Inputs
    origin: Origin | InPost | None = None

    @property
    def address(self) -> str:
        """The path a reader asks for: `/topics/` for `topics/index.html`."""
        return "/" + self.path.removesuffix("index.html")


class Fingerprints:
    """Hashes of plain data, equal in every process for equal values; what several values hold is read once.

    Values must stay alive and as they are for as long as this does.
    """

    def __init__(self) -> None:
        self._refs: dict[int, str] = {}  # by identity: a site has one Ref a post, on many pages

    def of(self, value: object) -> str:
        """SHA-256, the first 32 hex digits."""
        return hashlib.sha256(self._text(value).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _text(self, value: Any) -> str:
        """The value as a text that no other value has: the length of a text stands before it."""
        kind = value.__class__
        if kind is str:
            return f"{len(value)}'{value}"
        if kind is Ref:
            known = self._refs.get(id(value))
            if known is None:
                known = self._refs[id(value)] = self.of(_values(value))
            return known
        if kind is tuple:
            return f"({','.join(map(self._text, value))})"
        return self._rarer(value)

    def _rarer(self, value: Any) -> str:  # noqa: PLR0911 - one for each sort of data
        match value:
            case None | bool() | int() | float():
                return repr(value)
            case Post() | Document() | IndexFile():
                return value.digest  # covers all its page shows, so there is no need to walk it
            case StrEnum():
                return f"{type(value).__name__}.{value.value}"
            case tuple() | list():
                return self._text(tuple(value))
            case date():
                return value.isoformat()
            case Mapping():
                return f"{{{','.join(sorted(f'{self._text(k)}:{self._text(v)}' for k, v in value.items()))}}}"
            case _:
                return self._text((type(value).__name__, *_values(value)))


def fingerprint(value: object) -> str:
    """A hash of one value, see `Fingerprints`."""
    return Fingerprints().of(value)


def _values(value: Any) -> tuple[object, ...]:
    return tuple([getattr(value, name) for name in _names(value.__class__)])


@cache
def _names(kind: type[BaseModel] | type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(kind.model_fields) if issubclass(kind, BaseModel) else tuple(field.name for field in fields(kind))
