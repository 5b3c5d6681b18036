"""
What templates and feeds are given: a post joined with the site and its vocabularies.

The only module that makes `Markup`: it does so of HTML that `syntax.sanitise` let through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from markupsafe import Markup

from commentary.caching import Recent
from commentary.ledger import Ledger
from commentary.model import Excerpt, Remark
from commentary.standing import VerdictView, href_at_words, report_href, verdict_view, way_to
from commentary.syntax.headings import lower
from commentary.syntax.links import rebase

if TYPE_CHECKING:
    from datetime import datetime

    from commentary.dates import PartialDate
    from commentary.model import Correction, Document, Post, Source, Translator, Via
    from commentary.settings import Site
    from commentary.vocabulary import Vocabulary

NO_LEDGER = Ledger()
RECENT = 1 << 12  # excerpts whose way to the source a process keeps in mind: some 500 bytes each
_BEFORE_PATH = re.compile("[^/?#]*//[^/?#]*")
SUMMARY_LENGTH = 200  # characters: what search engines and link previews show of a description


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads, below the site's root."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A post as another page mentions it: no more than that page shows, so that it depends on no more."""

    title: str
    href: str
    lang: str
    posted: date
    publications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as its attribution shows it; a fact that is not known is None, and simply absent."""

    publication: str | None
    publication_href: str | None  # None: no page of ours lists it
    agency: str | None
    url: str | None
    href: str | None  # where its link leads: to `url`, at the quoted words; to `memento` if the source is gone
    host: str | None  # in punycode, where the name is not ASCII
    headline: str | None
    byline: tuple[str, ...]
    published: PartialDate | None
    accessed: PartialDate | None
    via: Via | None
    memento: str | None
    version_date: date  # of the memento, else of the page that we quoted
    gone: bool
    drifted: bool  # the page answers, but the quoted words are gone
    lang: str  # the post's, if not known to be another
    foreign: bool  # in another language than the post
    translation: Translator | None
    paywall: bool

    @property
    def name(self) -> str | None:
        """What to call it in a sentence: the publication, else the agency, else the host."""
        return self.publication or self.agency or self.host


@dataclass(frozen=True, slots=True)
class ExcerptView:
    """A quoted passage with the source it is quoted from."""

    number: int  # from 1; `#q1` is its anchor on the post's page
    html: Markup
    lang: str
    source: SourceView | None  # None: not recorded
    original: Markup | None
    original_lang: str
    verdict: VerdictView
    kind: Literal["excerpt"] = "excerpt"


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A stretch of our commentary."""

    html: Markup
    entry_html: Markup  # in a list, where the post's title is an `h3` and its headings stand below that
    kind: Literal["remark"] = "remark"


@dataclass(frozen=True, slots=True)
class PostView:
    """A post as a page or a feed shows it."""

    title: str
    href: str  # below the site's host: "/blog/2025/04/30/slug/"
    url: str  # absolute
    id: str | None
    lang: str
    author: str
    posted: datetime
    day_only: bool  # no time was given, so none is shown
    updated: datetime | None  # the author's word, or the last correction's date
    parts: tuple[ExcerptView | RemarkView, ...]
    sources: tuple[SourceView, ...]
    related: tuple[SourceView, ...]
    topics: tuple[Link, ...]
    story: Link | None
    corrections: tuple[Correction, ...]
    summary: str
    reason: str | None  # why it was withdrawn
    receipt_href: str | None  # None, here and in the next: the site has none, or the editor no address to write to
    report_href: str | None

    @property
    def excerpts(self) -> tuple[ExcerptView, ...]:
        """The quoted parts, in order."""
        return tuple(p for p in self.parts if p.kind == "excerpt")


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A page of prose."""

    title: str
    lang: str
    summary: str | None
    html: Markup


class Views:
    """Makes views of one site's posts and documents."""

    def __init__(self, site: Site, vocabulary: Vocabulary, ledger: Ledger = NO_LEDGER) -> None:
        self.site = site
        self.vocabulary = vocabulary
        self.ledger = ledger
        self._root, self._url = site.root, site.url
        self._hrefs: Recent[tuple[str, int], str] = Recent(RECENT)  # by a post's digest and an excerpt's number

    def post(self, post: Post) -> PostView:
        """A post with its excerpts' sources, names in place of slugs, and absolute addresses."""
        lang = post.lang or self.site.lang
        posted = post.posted.date()
        sources = {s.key: self.source(s, lang, posted) for s in post.sources}
        story = self.vocabulary.story(post.story) if post.story else None
        return PostView(
            title=post.title,
            href=self.href(post.permalink),
            url=self.url(post.permalink),
            id=post.id,
            lang=lang,
            author=post.author or self.site.author,
            posted=post.posted,
            day_only=post.day_only,
            updated=post.revised,
            parts=tuple(self._parts(post, sources, lang)),
            sources=tuple(sources.values()),
            related=tuple(self.source(s, lang, posted) for s in post.related),
            topics=tuple(self.topic_link(slug) for slug in post.topics),
            story=Link(story.title, self.href(f"/stories/{story.slug}/"))
            if story and "stories" in self.site.outputs
            else None,
            corrections=post.corrections,
            summary=summary(post),
            reason=post.reason,
            receipt_href=self.href(f"{post.permalink}receipt.json") if "receipts" in self.site.outputs else None,
            report_href=report_href(self.site.email, self.url(post.permalink)) if self.site.email else None,
        )

    def _parts(self, post: Post, sources: dict[str | None, SourceView], lang: str) -> list[ExcerptView | RemarkView]:
        views: list[ExcerptView | RemarkView] = []
        number = 0
        for part in post.parts:
            match part:
                case Remark():
                    html = self._markup(part.html, post.permalink)
                    views.append(RemarkView(html=html, entry_html=Markup(lower(html, 2))))
                case Excerpt():
                    number += 1
                    views.append(self._excerpt(part, number, post, sources.get(part.source_key), lang))
        return views

    def _excerpt(self, part: Excerpt, number: int, post: Post, source: SourceView | None, lang: str) -> ExcerptView:
        quoted = post.source_of(part)
        known = self.ledger.of_source(quoted)
        if quoted and source and source.href:
            way = partial(href_at_words, source.href, part, quoted, known)
            href = self._hrefs.of((post.digest, number), way)
            source = source if href == source.href else replace(source, href=href)
        shown, original = languages(part, source, lang)
        return ExcerptView(
            number=number,
            html=Markup(part.html),
            lang=shown,
            source=source,
            original=Markup(part.original_html) if part.original_html else None,
            original_lang=original,
            verdict=verdict_view(part, post, known, self.site.zone),
        )

    def source(self, source: Source, lang: str, posted: date) -> SourceView:
        """A source, with what its publication's entry and the ledger know; `lang`, `posted`: the post's."""
        way = way_to(source, self.ledger.of_source(source), posted)
        known = self.vocabulary.publication(source.publication) if source.publication else None
        source_lang = source.lang or (known.lang if known else None) or lang
        return SourceView(
            publication=source.publication,
            publication_href=self.href(f"/publications/{known.slug}/")
            if known and "publications" in self.site.outputs
            else None,
            agency=source.agency,
            url=source.url,
            href=way.href,
            host=punycode_host(source.url) if source.url else None,
            headline=source.headline,
            byline=source.byline,
            published=source.published,
            accessed=source.accessed,
            via=source.via,
            memento=way.memento,
            version_date=way.version_date,
            gone=way.gone,
            drifted=way.drifted,
            lang=source_lang,
            foreign=source_lang.partition("-")[0] != lang.partition("-")[0],
            translation=source.translation,
            paywall=bool(paywalled(source, self.vocabulary)),
        )

    def document(self, document: Document) -> DocumentView:
        """A page of prose."""
        return DocumentView(
            title=document.title,
            lang=document.lang or self.site.lang,
            summary=document.summary,
            html=self._markup(document.html, f"/{document.slug}/"),
        )

    def _markup(self, html: str, path: str) -> Markup:
        """HTML of the page at `path`, with links that lead right from any page of the site."""
        return Markup(rebase(html, path, root=self._root))

    def topic_link(self, slug: str) -> Link:
        """A topic's name, leading to its page."""
        topic = self.vocabulary.topic(slug)
        return Link(topic.name if topic else slug, self.href(f"/topics/{slug}/"))

    def href(self, path: str) -> str:
        """A path of ours (`/topics/`) as a link on this site, which may live below its host's root."""
        return self._root + path

    def url(self, path: str) -> str:
        """A path of ours as an absolute address."""
        return self._url + path


def languages(excerpt: Excerpt, source: SourceView | None, lang: str) -> tuple[str, str]:
    """The language of an excerpt as it is shown, and of the source's own words; `lang`: the post's."""
    source_lang = source.lang if source else lang
    translated = bool(excerpt.original_html) or (source is not None and source.translation is not None)
    return lang if translated else source_lang, source_lang


class Refs:
    """What other pages show of posts: one `Ref` a post, however many pages show it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._refs: dict[str, Ref] = {}

    def __call__(self, post: Post) -> Ref:
        """What other pages show of a post."""
        known = self._refs.get(post.path)
        if known is None:
            known = self._refs[post.path] = Ref(
                title=post.title,
                href=self._site.root + post.permalink,
                lang=post.lang or self._site.lang,
                posted=date.fromordinal(post.day),
                publications=post.publications,
            )
        return known


def paywalled(source: Source, vocabulary: Vocabulary) -> bool | None:
    """Whether a source has to be paid for, by its own word or its publication's; None: not known."""
    if source.paywall is not None:
        return source.paywall
    publication = vocabulary.publication(source.publication) if source.publication else None
    return publication.paywall if publication else None


def summary(post: Post) -> str:
    """One plain sentence or two: the author's, else the beginning of the first remark."""
    if post.summary:
        return post.summary
    first = post.remarks[0].text.strip().partition("\n")[0] if post.remarks else post.title
    if len(first) > SUMMARY_LENGTH:
        return first[: SUMMARY_LENGTH - 1].rpartition(" ")[0] + "…"
    return first.removesuffix(":")


def punycode_host(url: str) -> str:
    """The host of an address in ASCII, without `www.`, so that look-alike letters show."""
    before_path = _BEFORE_PATH.match(url)
    return _punycode(before_path[0] if before_path else url)


@lru_cache(1 << 10)
def _punycode(url: str) -> str:
    host = urlsplit(url).hostname or ""
    try:
        return host.encode("idna").decode("ascii").removeprefix("www.")
    except UnicodeError:
        return host
