"""Atom 1.0 (RFC 4287), with the archives of RFC 5005."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commentary.feeds.entry import uri
from commentary.feeds.xml import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.feeds.entry import Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
TYPE = "application/atom+xml"


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document, UTF-8."""
    xml = Writer(feed.style)
    spaces = {"xmlns": ATOM, "xmlns:fh": HISTORY if feed.current else None}
    with xml.within("feed", **spaces, **{"xml:lang": feed.lang}):
        xml.element("id", feed.id)
        xml.element("title", feed.title)
        if feed.subtitle:
            xml.element("subtitle", feed.subtitle)
        xml.element("updated", feed.updated.isoformat())
        for rel, href in paging(feed):
            xml.element("link", rel=rel, href=uri(href), type=TYPE)
        xml.element("link", rel="alternate", href=uri(feed.home), type="text/html")
        if feed.current:
            xml.element("fh:archive")
        xml.element("icon", uri(feed.icon))
        if feed.rights:
            xml.element("rights", feed.rights)
        _person(xml, feed.author, feed.email)
        for entry in feed.entries:
            _entry(xml, entry, feed)
    return xml.document()


def paging(feed: Feed) -> Iterator[tuple[str, str]]:
    """Where this document is, where the feed is that it is an archive of, and where it goes on (RFC 5005, 4).

    Nothing leads to newer archives, so that one that is finished never changes.
    """
    yield "self", feed.url
    if feed.current:
        yield "current", feed.current
    if feed.older:
        yield "prev-archive", feed.older


def _entry(xml: Writer, entry: Entry, feed: Feed) -> None:
    with xml.within("entry", **{"xml:lang": entry.lang if entry.lang != feed.lang else None}):
        xml.element("id", entry.id)
        xml.element("title", entry.title)
        xml.element("published", entry.published.isoformat())
        xml.element("updated", entry.updated.isoformat())
        _person(xml, entry.author)
        xml.element("link", rel="alternate", href=uri(entry.url), type="text/html")
        for related in entry.related:
            xml.element("link", rel="related", href=uri(related.href), title=related.name or None)
        for via in entry.via:
            xml.element("link", rel="via", href=uri(via.href), title=via.name or None)
        for topic in entry.topics:
            xml.element("category", term=topic.href.rstrip("/").rpartition("/")[2], label=topic.name)
        xml.element("summary", entry.summary)
        xml.element("content", entry.html, type="html")


def _person(xml: Writer, name: str, email: str | None = None) -> None:
    with xml.within("author"):
        xml.element("name", name)
        if email:
            xml.element("email", email)
