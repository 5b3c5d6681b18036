"""
What each kind of page is rendered from. The fields' names are the names its template gets.

A page's inputs are all it depends on, besides its template and the site; so they hold a `Ref`
where a page only mentions a post, and counts only where it shows them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from commentary.model import Correction, Document, Post
    from commentary.plan.figures import Figures
    from commentary.structured.search import IndexFile
    from commentary.structured.sitemap import Entries
    from commentary.views import Link, Ref
    from commentary.vocabulary import Publication, Story, Topic


# What an empty feed says of its last change: Atom demands a date, a build has no clock, and
# validators find dates from before there were feeds implausible.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A neighbouring page of a numbered list: where it is, and the days it covers.

    The newest page is named without its days: they change with every post, and its neighbour need not.
    """

    href: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A topic, publication or story with what an index says of it."""

    name: str
    href: str
    description: str | None
    count: int
    first: date  # when we first and last posted on it
    last: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """Another topic of the same posts, and of how many."""

    topic: Link
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """A month or year of the archive."""

    start: date
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class PostInputs:
    """`post`: one post. `earlier`: earlier posts of its story and topics, nearest first. `again`: later ones that
    quote the same source, oldest first.
    """

    post: Post
    previous: Ref | None
    next: Ref | None
    earlier: tuple[Ref, ...]
    again: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ReceiptInputs:
    """How the excerpts of one post were compared with their sources."""

    post: Post


@dataclass(frozen=True, slots=True)
class WithdrawnInputs:
    """`withdrawn`: a post that was taken back, with the reason in its place."""

    post: Post


@dataclass(frozen=True, slots=True)
class StreamInputs:
    """`stream`: whole posts, newest first; `number` is None on the front page."""

    posts: tuple[Post, ...]
    number: int | None
    newer: Stretch | None
    older: Stretch | None


@dataclass(frozen=True, slots=True)
class TallyInputs:
    """`topics`, `stories`: an index of all that posts use."""

    entries: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class PublicationsInputs:
    """`publications`: the same with figures of all posts, so that no publication's own page changes with another's."""

    entries: tuple[Tally, ...]
    count: int  # posts
    figures: Figures


@dataclass(frozen=True, slots=True)
class TopicInputs:
    """`topic`: what we posted on one topic. `tally` and `meets`, the topics it meets most, on its first page only."""

    topic: Topic
    parent: Link | None
    children: tuple[Link, ...]
    tally: Tally | None
    meets: tuple[Meeting, ...]
    refs: tuple[Ref, ...]
    number: int | None
    newer: Stretch | None
    older: Stretch | None


@dataclass(frozen=True, slots=True)
class PublicationInputs:
    """`publication`: what we quoted from one outlet. `tally` and `figures` on its first page only."""

    publication: Publication
    tally: Tally | None
    figures: Figures | None
    refs: tuple[Ref, ...]
    number: int | None
    newer: Stretch | None
    older: Stretch | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One post of a story, beside the sources it quotes, for the two tracks of a timeline."""

    ref: Ref
    post: Post


@dataclass(frozen=True, slots=True)
class StoryInputs:
    """`story`: a thread of posts as a timeline, oldest first, by their sources' dates."""

    story: Story
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class ArchiveInputs:
    """`archive`: every year, newest first, with its months."""

    years: tuple[tuple[Span, tuple[Span, ...]], ...]


@dataclass(frozen=True, slots=True)
class PeriodInputs:
    """`period`: the posts of a year (with `months`) or of a month (`months` empty), newest first."""

    start: date
    months: tuple[Span, ...]
    refs: tuple[Ref, ...]
    up: Link


@dataclass(frozen=True, slots=True)
class CorrectionsInputs:
    """`corrections`: every correction with the post it corrects, newest first."""

    entries: tuple[tuple[Correction, Ref], ...]


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed of the site, for readers to choose from."""

    name: str | None  # of the site, topic, publication or story; None: the feed of corrections
    path: str  # below the site's root
    home: str
    kind: str  # "site", "source-first", "topic", "publication", "story", "corrections"
    format: str  # "Atom", "RSS", "JSON Feed"
    count: int  # posts; of the feed of corrections: corrections

    @property
    def is_in_opml(self) -> bool:
        """Whether the list for feed readers has it: who imports that gets the posts once, not in every format."""
        return self.format == "Atom" and self.kind != "source-first"


@dataclass(frozen=True, slots=True)
class SubscribeInputs:
    """`subscribe`: every feed of the site."""

    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True)
class SearchInputs:
    """`search`: the form, and for readers without scripts every way there is to look by hand."""

    topics: tuple[Link, ...]
    publications: tuple[Link, ...]
    years: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchDataInputs:
    """A file of the search index."""

    file: IndexFile


@dataclass(frozen=True, slots=True)
class DocumentInputs:
    """`page`: a page of prose."""

    document: Document


@dataclass(frozen=True, slots=True)
class MissingInputs:
    """`404`: what answers where nothing is."""


@dataclass(frozen=True, slots=True)
class RedirectInputs:
    """`redirect`: an address a post had before."""

    target: str  # href


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed: a post, or a correction of it."""

    id: str
    post: Post
    correction: Correction | None = None
    whole: bool = True  # else it is so long that feeds give its summary

    @property
    def updated(self) -> datetime:
        """When what it shows last changed."""
        return self.correction.date if self.correction else self.post.revised or self.post.posted


class Items(tuple[Item, ...]):
    """The entries of a document, newest first; the site's own documents stand in every format."""

    @cached_property
    def digest(self) -> str:
        """Of all that they show: a correction's id names it, and its post's digest covers what it says."""
        return hashlib.sha256("\n".join([f"{item.id} {item.post.digest}" for item in self]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class FeedInputs:
    """A document of a feed: its entries, newest first, and where it stands. Paths are below the site's root."""

    title: str | None  # None: of the feed of corrections, whose name depends on the language
    subtitle: str | None
    path: str  # of the document itself, "/feed.atom"
    home: str  # of the page it is the feed of, "/"
    items: Items
    older: str | None = None  # of the archive that goes on
    current: str | None = None  # of the feed, if this is an archive
    source_first: bool = False  # entries lead to their sources
    id: str | None = None  # None: its path makes it

    @property
    def updated(self) -> datetime:
        """When its newest entry last changed."""
        return max((item.updated for item in self.items), default=NEVER)


@dataclass(frozen=True, slots=True)
class DataInputs:
    """The quotations of one year's posts, oldest first."""

    year: int
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class SitemapInputs:
    """Addresses and their last change; `index`: of sitemaps, not of pages."""

    entries: Entries
    index: bool = False


@dataclass(frozen=True, slots=True)
class FileInputs:
    """A file that is copied as it is: `path` on disk, `digest` of its content."""

    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class ImageInputs:
    """A picture as it is shown: as a whole, or `width` pixels wide; `digest` of its content and how it is encoded."""

    file: str
    digest: str
    width: int | None
    cache: str  # the folder where it is kept once it is made


@dataclass(frozen=True, slots=True)
class TextInputs:
    """A file made of text that is already whole, such as the joined style sheet."""

    text: str


Inputs = (
    PostInputs | ReceiptInputs | WithdrawnInputs | RedirectInputs | StreamInputs | TallyInputs | PublicationsInputs | TopicInputs | PublicationInputs
    | StoryInputs | ArchiveInputs | PeriodInputs | CorrectionsInputs | SubscribeInputs | DocumentInputs
    | SearchInputs | SearchDataInputs | MissingInputs | FeedInputs | DataInputs | SitemapInputs | FileInputs | ImageInputs | TextInputs
)  # fmt: skip
