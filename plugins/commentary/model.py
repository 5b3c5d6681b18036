"""
What a post is: frozen, typed, and the same for everything downstream of `reading`.

`None` means "not known", never `""`. A model refuses what could never be right; what is only
unwise is left to `checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from commentary.urls import inward, same_page_key
from commentary.values import Flag, Frozen, Language, Names, Partial, Text, Url


class Translator(StrEnum):
    """Who put an excerpt into the language of the post."""

    AUTHOR = "author"
    SOURCE = "source"
    MACHINE = "machine"


class Status(StrEnum):
    """What becomes of a post: listed, kept to `--drafts`, or answered with the reason it is gone."""

    PUBLISHED = "published"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


class Via(Frozen):
    """The hat tip: where we found the source."""

    name: Text
    url: Url | None = None


class Source(Frozen):
    """The work a post quotes."""

    key: str | None = None  # its short id under `sources`; None: the post's only source
    publication: Text | None = None  # None: by the host of `url`, else not known
    agency: Text | None = None
    url: Url | None = None  # None: print, broadcast, or not known
    headline: Text | None = None
    byline: Names = ()
    published: Partial | None = None  # None: the source gives no date
    accessed: Partial | None = None
    via: Via | None = None
    memento: Url | None = None
    lang: Language | None = None  # None: the publication's
    translation: Annotated[Translator, Field(strict=False)] | None = None
    paywall: Flag | None = None  # None: the publication's


class Run(Frozen):
    """A stretch of an excerpt in one hand: the source's words, or a mark of the editor's."""

    kind: Literal["quoted", "elision", "interpolation"]
    text: str  # as the reader sees it, brackets included


class Paragraph(Frozen):
    """One paragraph of an excerpt; a caption is a picture's, not the article's."""

    runs: tuple[Run, ...]
    caption: bool = False

    @property
    def text(self) -> str:
        """The paragraph as the reader sees it."""
        return "".join(run.text for run in self.runs)


class Excerpt(Frozen):
    """A passage quoted, in the source's words."""

    kind: Literal["excerpt"] = "excerpt"
    line: int  # of its first line in the file, from 1
    html: str  # sanitised: paragraphs, without the block quote around them
    paragraphs: tuple[Paragraph, ...]
    source_key: str | None = None  # None: the post's only source
    original_html: str | None = None  # sanitised: the source's own words beside a translated excerpt
    original: tuple[Paragraph, ...] = ()

    @property
    def text(self) -> str:
        """The excerpt as the reader sees it, a blank line between paragraphs, captions left out."""
        return _text(self.paragraphs)

    @property
    def original_text(self) -> str:
        """The source's own words beside a translated excerpt, in the same way; empty if there are none."""
        return _text(self.original)


def _text(paragraphs: tuple[Paragraph, ...]) -> str:
    return "\n\n".join(p.text for p in paragraphs if not p.caption)


class Remark(Frozen):
    """Our commentary, between, before or after excerpts."""

    kind: Literal["remark"] = "remark"
    line: int
    html: str  # sanitised
    text: str  # without markup, one line a block


Part = Annotated[Excerpt | Remark, Field(discriminator="kind")]


class Correction(Frozen):
    """A correction in the open: when, what, and the former wording."""

    date: datetime
    note: Text
    was: Text | None = None


LAZY = ("lines", "parts")  # fields that are loaded when they are asked for: a build asks few posts for them


class Post(Frozen):
    """One or more excerpts with our remark: one Markdown file, parsed once."""

    path: str  # relative to the project's root, with "/"
    lines: Mapping[str, int]  # "source.url" -> the line that holds it, for findings; "body" too
    digest: str  # of the text it was read from and the vocabularies that resolved it
    title: Text
    posted: datetime  # in the site's time zone
    day_only: bool = False  # its author gave a day and no time; `posted` is its midday
    topics: tuple[str, ...]  # slugs, as declared, in the author's order
    sources: tuple[Source, ...]  # empty: the source is not recorded
    related: tuple[Source, ...] = ()
    slug: str
    author: Text | None = None  # None: the site's author
    status: Status = Status.PUBLISHED
    reason: Text | None = None  # why it was withdrawn
    story: str | None = None
    summary: Text | None = None  # None: from the first remark
    updated: datetime | None = None
    corrections: tuple[Correction, ...] = ()  # oldest first
    aliases: tuple[str, ...] = ()  # "/2025/04/29/old-slug/"
    id: str | None = None
    lang: Language | None = None  # None: the site's
    allow: tuple[str, ...] = ()
    guesses: tuple[int, ...] = ()  # lines of the comments `# guess, confirm` that the author has not deleted yet
    parts: tuple[Part, ...]

    if not TYPE_CHECKING:  # to a type checker every name would be there

        def __getattr__(self, name: str) -> Any:
            """The fields that are not loaded yet: whoever kept the post loads them, and they do not stay with it."""
            if "load" in self.__dict__ and name in Post.model_fields:
                return self.__dict__["load"](name)
            return super().__getattr__(name)

    @cached_property
    def permalink(self) -> str:
        """Its address below the site's root: `/2025/04/30/slug/`."""
        return f"/{self.posted:%Y/%m/%d}/{self.slug}/"

    @cached_property
    def moment(self) -> float:
        """When it was posted: seconds since 1970."""
        return self.posted.timestamp()

    @cached_property
    def due(self) -> float:
        """When it is first shown: its moment, or the beginning of its day where no time was given."""
        return self.posted.replace(hour=0, minute=0).timestamp() if self.day_only else self.moment

    @cached_property
    def day(self) -> int:
        """The ordinal of the day that it was posted on."""
        return self.posted.toordinal()

    @cached_property
    def revised(self) -> datetime | None:
        """When it last changed in a way its author told readers of; None: never."""
        moments = [correction.date for correction in self.corrections]
        return max([*moments, self.updated] if self.updated else moments, default=None)

    @cached_property
    def changed(self) -> tuple[float, str]:
        """When it was last posted or revised: seconds since 1970, and the moment as text."""
        moment = self.revised or self.posted
        return moment.timestamp(), moment.isoformat()

    @cached_property
    def corrected(self) -> bool:
        """Whether there are corrections."""
        return bool(self.corrections)

    @cached_property
    def reported(self) -> int:
        """The ordinal of the day of its first source, which may be known only in part; else of its own."""
        return min((s.published.first.toordinal() for s in self.sources if s.published), default=self.day)

    @cached_property
    def publications(self) -> tuple[str, ...]:
        """The names of those it quotes."""
        return tuple(dict.fromkeys(source.publication for source in self.sources if source.publication))

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The addresses of its sources and of related reports."""
        return tuple(source.url for source in (*self.sources, *self.related) if source.url)

    @cached_property
    def mention(self) -> str:
        """A hash of what other pages show of it."""
        shown = (self.title, self.permalink, self.lang, self.day, self.publications)
        return sha256(repr(shown).encode(errors="surrogatepass")).hexdigest()[:16]

    @cached_property
    def works(self) -> tuple[str, ...]:
        """`same_page_key` of each source's address."""
        return tuple(dict.fromkeys(same_page_key(source.url) for source in self.sources if source.url))

    @cached_property
    def quotes(self) -> int:
        """How many excerpts there are."""
        return len(self.excerpts)

    @cached_property
    def pictured(self) -> bool:
        """Whether there is an image in a remark."""
        return any("<img" in remark.html for remark in self.remarks)

    @cached_property
    def inward(self) -> tuple[str, ...]:
        """Links of its remarks that name no host, as they stand there: they lead to pages of the site."""
        return tuple(dict.fromkeys(link for remark in self.remarks for link in inward(remark.html)))

    def is_due(self, now: datetime) -> bool:
        """Whether its moment, or its day where no time was given, has come."""
        return self.due <= now.timestamp()

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """The quoted parts, in order."""
        return tuple(p for p in self.parts if isinstance(p, Excerpt))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Our own parts, in order."""
        return tuple(p for p in self.parts if isinstance(p, Remark))

    def line(self, *keys: str) -> int:
        """The line of the first of `keys` that the front matter holds, else 1."""
        return next((self.lines[key] for key in keys if key in self.lines), 1)

    def source_of(self, excerpt: Excerpt) -> Source | None:
        """The source an excerpt is quoted from; None if it is not recorded."""
        return next((s for s in self.sources if s.key == excerpt.source_key), None)


class Document(Frozen):
    """A page of prose: about, how we quote, corrections policy."""

    path: str
    digest: str
    slug: str
    title: Text
    summary: Text | None = None
    lang: Language | None = None
    html: str  # sanitised
