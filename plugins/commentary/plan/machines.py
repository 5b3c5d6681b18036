"""The plan's files for machines: sitemap, robots.txt, and what the web host is told."""

from __future__ import annotations

from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from commentary.plan.inputs import SitemapInputs, TextInputs
from commentary.plan.page import Kind, Page
from commentary.structured.headers import headers
from commentary.structured.sitemap import Entries, Entry, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from commentary.settings import Site

SITEMAP = "sitemap.xml"
SECURITY = ".well-known/security.txt"
_UNLISTED = {Kind.MISSING, Kind.WITHDRAWN, Kind.REDIRECT}  # pages that ask not to be indexed


def machines(pages: Sequence[Page], site: Site) -> Iterator[Page]:
    """The sitemap of these pages, robots.txt, security.txt and `_headers`."""
    listed = (page for page in pages if page.path.endswith(".html") and page.kind not in _UNLISTED)
    entries = sorted((Entry(page.address, page.changed) for page in listed), key=itemgetter(0))
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


def _moment(changed: str) -> float:
    """A day counts from its first moment."""
    moment = datetime.fromisoformat(changed)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
