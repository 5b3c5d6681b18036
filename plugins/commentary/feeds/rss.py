"""RSS 2.0, to the RSS Advisory Board's best-practices profile."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree

from commentary.feeds.atom import ATOM
from commentary.feeds.entry import writable

if TYPE_CHECKING:
    from commentary.feeds.entry import Entry, Feed

CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"


def rss(feed: Feed) -> bytes:
    """The feed as an RSS document, UTF-8."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": ATOM, "content": CONTENT, "dc": DC})
    channel = etree.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", feed.home)
    _text(channel, "description", feed.subtitle or feed.title)
    _text(channel, "language", feed.lang)
    if feed.rights:
        _text(channel, "copyright", feed.rights)
    _text(channel, "lastBuildDate", format_datetime(feed.updated))
    etree.SubElement(channel, f"{{{ATOM}}}link", {"rel": "self", "href": feed.url, "type": "application/rss+xml"})
    for entry in feed.entries:
        _item(channel, entry)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _item(channel: etree._Element, entry: Entry) -> None:
    post = entry.post
    item = etree.SubElement(channel, "item")
    _text(item, "title", post.title)
    _text(item, "link", post.url)
    etree.SubElement(item, "guid", {"isPermaLink": "false"}).text = writable(entry.id)
    _text(item, "pubDate", format_datetime(post.posted))
    _text(item, f"{{{DC}}}creator", post.author)
    for topic in post.topics:
        _text(item, "category", topic.name)
    _text(item, "description", post.summary)
    _text(item, f"{{{CONTENT}}}encoded", entry.html)


def _text(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = writable(text)
