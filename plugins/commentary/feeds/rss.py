"""RSS 2.0, to the RSS Advisory Board's best-practices profile."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from commentary.feeds.atom import ATOM, HISTORY, paging
from commentary.feeds.entry import uri
from commentary.feeds.xml import Writer

if TYPE_CHECKING:
    from commentary.feeds.entry import Entry, Feed

SPACES = {
    "xmlns:atom": ATOM,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}
TYPE = "application/rss+xml"


def rss(feed: Feed) -> bytes:
    """The feed as an RSS document, UTF-8."""
    # The profile asks for these two as hexadecimal references, which most readers unescape once and no more.
    xml = Writer(feed.style, ampersand="&#x26;", less="&#x3C;")
    spaces = SPACES | ({"xmlns:fh": HISTORY} if feed.current else {})
    with xml.within("rss", **spaces, version="2.0"), xml.within("channel"):
        xml.element("title", feed.title)
        xml.element("link", uri(feed.home))
        xml.element("description", feed.subtitle or feed.title)
        xml.element("language", feed.lang)
        if feed.rights:
            xml.element("copyright", feed.rights)
        xml.element("lastBuildDate", format_datetime(feed.updated))
        for rel, href in paging(feed):
            xml.element("atom:link", rel=rel, href=uri(href), type=TYPE)
        if feed.current:
            xml.element("fh:archive")
        for entry in feed.entries:
            _item(xml, entry)
    return xml.document()


def _item(xml: Writer, entry: Entry) -> None:
    with xml.within("item"):
        xml.element("title", entry.title)
        xml.element("link", uri(entry.url))
        xml.element("guid", entry.id, isPermaLink="false")
        xml.element("pubDate", format_datetime(entry.published))
        xml.element("dc:creator", entry.author)
        for topic in entry.topics:
            xml.element("category", topic.name)
        xml.element("description", entry.summary)
        xml.element("content:encoded", entry.html)
