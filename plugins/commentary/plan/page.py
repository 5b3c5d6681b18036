"""A page of the plan: its path, its kind, and what it is rendered from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from commentary.model import Post
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

    __hash__ = str.__hash__  # Enum's own is written in Python, and a plan of thousands looks up the kind of each page

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


class InPost(NamedTuple):
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


class Page(NamedTuple):
    """One file of the site. `path` is below the output folder, with `/`, never absolute.

    `source`: its inputs, or what makes them: of the pages of thousands of posts few are asked for. `digest` then stands
    for them, a text that is another when and only when they are. `changed`: the day or moment (ISO 8601) when what the
    page shows last changed; None: not known.
    """

    path: str
    kind: Kind
    source: Inputs | Callable[[], Inputs]
    origin: Origin | InPost | None = None
    digest: str | None = None
    changed: str | None = None

    @property
    def inputs(self) -> Inputs:
        """What it is rendered from."""
        return self.source() if callable(self.source) else self.source

    @property
    def address(self) -> str:
        """The path a reader asks for: `/topics/` for `topics/index.html`."""
        return "/" + self.path.removesuffix("index.html")


def index_path(address: str) -> str:
    """The file that answers at an address: `topics/index.html` for `/topics/`, `old.html` for `/old.html`."""
    return address.removeprefix("/") + ("index.html" if address.endswith("/") else "")
