"""RSS 2.0, to the RSS Advisory Board's best-practices profile."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree

from commentary.feeds.atom import ATOM, HISTORY, document, link, paging
from commentary.feeds.entry import uri, writable

if TYPE_CHECKING:
    from commentary.feeds.entry import Entry, Feed

CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
TYPE = "application/rss+xml"


def rss(feed: Feed) -> bytes:
    """The feed as an RSS document, UTF-8."""
    spaces = {"atom": ATOM, "content": CONTENT, "dc": DC} | ({"fh": HISTORY} if feed.current else {})
    root = etree.Element("rss", {"version": "2.0"}, nsmap=spaces)
    channel = etree.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", uri(feed.home))
    _text(channel, "description", feed.subtitle or feed.title)
    _text(channel, "language", feed.lang)
    if feed.rights:
        _text(channel, "copyright", feed.rights)
    _text(channel, "lastBuildDate", format_datetime(feed.updated))
    for rel, href in paging(feed):
        link(channel, rel, href, type=TYPE)
    if feed.current:
        etree.SubElement(channel, f"{{{HISTORY}}}archive")
    for entry in feed.entries:
        _item(channel, entry)
    # The profile asks for these two as hexadecimal references, which most readers unescape once and no more.
    return document(root, feed).replace(b"&lt;", b"&#x3C;").replace(b"&amp;", b"&#x26;")


def _item(channel: etree._Element, entry: Entry) -> None:
    item = etree.SubElement(channel, "item")
    _text(item, "title", entry.title)
    _text(item, "link", uri(entry.url))
    etree.SubElement(item, "guid", {"isPermaLink": "false"}).text = writable(entry.id)
    _text(item, "pubDate", format_datetime(entry.published))
    _text(item, f"{{{DC}}}creator", entry.author)
    for topic in entry.topics:
        _text(item, "category", topic.name)
    _text(item, "description", entry.summary)
    _text(item, f"{{{CONTENT}}}encoded", entry.html)


def _text(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = writable(text)
