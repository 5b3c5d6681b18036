"""The plan's files for machines: sitemap, robots.txt, and what the web host is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from operator import attrgetter
from typing import TYPE_CHECKING

from commentary.plan.inputs import (
    ArchiveInputs,
    CorrectionsInputs,
    PeriodInputs,
    PostInputs,
    PublicationInputs,
    PublicationsInputs,
    SitemapInputs,
    StoryInputs,
    StreamInputs,
    TallyInputs,
    TextInputs,
    TopicInputs,
)
from commentary.plan.page import Kind, Page
from commentary.structured.headers import headers
from commentary.structured.sitemap import Entries, Entry, parts
from commentary.views import revised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from commentary.corpus import Corpus
    from commentary.model import Post
    from commentary.settings import Site

SITEMAP = "sitemap.xml"
SECURITY = ".well-known/security.txt"
_POSTED = attrgetter("posted")  # of a Ref
_UNLISTED = {Kind.MISSING, Kind.WITHDRAWN, Kind.REDIRECT}  # pages that ask not to be indexed


def machines(pages: Sequence[Page], corpus: Corpus, site: Site) -> Iterator[Page]:
    """The sitemap of these pages, robots.txt, security.txt and `_headers`."""
    listed = (page for page in pages if page.path.endswith(".html") and page.kind not in _UNLISTED)
    newest = corpus.posts[0].posted if corpus.posts else None
    entries = sorted((Entry(p.address, changed(p, newest)) for p in listed), key=lambda entry: entry.address)
    sitemaps = [*_sitemaps(entries, site)]
    yield from sitemaps
    robots = f"User-agent: *\nDisallow:\n\nSitemap: {site.url}/{SITEMAP}\n"
    yield Page("robots.txt", Kind.TEXT, TextInputs(robots))
    extra = [SECURITY] if site.security else []
    if site.security:
        yield Page(SECURITY, Kind.TEXT, TextInputs(_security(site, *site.security)))
    served = (p.path for p in (*pages, *sitemaps) if p.kind is not Kind.REDIRECT and not p.path.startswith("_"))
    text = headers([*served, *extra, "robots.txt"], root=site.root, https=site.url.startswith("https:"))
    yield Page("_headers", Kind.TEXT, TextInputs(text))


def _security(site: Site, contact: str, until: date) -> str:
    """Whom to tell of a hole (RFC 9116). It expires on a day that the settings name: a build asks no clock."""
    return (
        f"Contact: {contact}\nExpires: {until.isoformat()}T00:00:00Z\nPreferred-Languages: {site.lang}\n"
        f"Canonical: {site.url}/{SECURITY}\n"
    )


def _sitemaps(entries: Sequence[Entry], site: Site) -> Iterator[Page]:
    """One sitemap, or an index of as many as it takes."""
    files = parts(entries, site.url)
    if len(files) == 1:
        yield Page(SITEMAP, Kind.SITEMAP, SitemapInputs(files[0]))
        return
    index = []
    for number, file in enumerate(files, start=1):
        path = f"sitemap-{number}.xml"
        index.append(Entry(f"/{path}", max((e.changed for e in file if e.changed), key=_moment, default=None)))
        yield Page(path, Kind.SITEMAP, SitemapInputs(file))
    yield Page(SITEMAP, Kind.SITEMAP, SitemapInputs(Entries(index), index=True))


def changed(page: Page, newest: date | None) -> datetime | date | None:
    """When what a page shows last changed; None: not known. `newest`: when the newest post was posted."""
    moments: Iterable[datetime | date] = ()
    match page.inputs:
        case PostInputs(post=post):
            return _last(post)
        case StreamInputs(posts=posts):
            moments = map(_last, posts)
        case StoryInputs(moments=shown):
            moments = (_last(moment.post) for moment in shown)
        case TopicInputs(refs=refs) | PublicationInputs(refs=refs) | PeriodInputs(refs=refs):
            moments = map(_POSTED, refs)
        case CorrectionsInputs(entries=corrections):
            moments = (correction.date for correction, _ in corrections)
        case TallyInputs(entries=tallies) | PublicationsInputs(entries=tallies):
            moments = (tally.last for tally in tallies)
        case ArchiveInputs():
            return newest
    return max(moments, default=None)


def _last(post: Post) -> datetime:
    return revised(post) or post.posted


def _moment(changed: datetime | date) -> float:
    """A day counts from its first moment."""
    moment = changed if isinstance(changed, datetime) else datetime.combine(changed, time(), UTC)
    return moment.timestamp()
