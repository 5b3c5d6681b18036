"""A page of the plan: its path, its kind, what it is rendered from, and the key that says whether it changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from commentary.model import Document, Post
from commentary.structured.search import IndexFile

if TYPE_CHECKING:
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
class Page:
    """One file of the site. `path` is below the output folder, with `/`, never absolute."""

    path: str
    kind: Kind
    inputs: Inputs
    origin: Origin | None = None

    @property
    def address(self) -> str:
        """The path a reader asks for: `/topics/` for `topics/index.html`."""
        return "/" + self.path.removesuffix("index.html")


def fingerprint(value: object) -> str:
    """A hash of plain data, equal in every process for equal values (SHA-256, 32 hex digits)."""
    text = json.dumps(value, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    match value:
        case Post() | Document():
            return value.digest  # covers all its page shows, so there is no need to walk it
        case BaseModel():
            return value.model_dump(mode="json")
        case IndexFile():
            return value.digest
        case _ if hasattr(value, "isoformat"):
            return value.isoformat()
        case _:
            return [type(value).__name__, *(getattr(value, f.name) for f in fields(value))]
