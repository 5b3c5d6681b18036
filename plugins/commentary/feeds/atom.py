"""Atom 1.0 (RFC 4287), with the archives of RFC 5005."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from commentary.feeds.entry import uri, writable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.feeds.entry import Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005
XML = "http://www.w3.org/XML/1998/namespace"
TYPE = "application/atom+xml"


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document, UTF-8."""
    spaces = {None: ATOM} | ({"fh": HISTORY} if feed.current else {})
    root = etree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.lang}, nsmap=spaces)  # type: ignore[arg-type]  # the stubs forget that None names the default
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", feed.updated.isoformat())
    for rel, href in paging(feed):
        link(root, rel, href, type=TYPE)
    link(root, "alternate", feed.home, type="text/html")
    if feed.current:
        etree.SubElement(root, f"{{{HISTORY}}}archive")
    _text(root, "icon", uri(feed.icon))
    if feed.rights:
        _text(root, "rights", feed.rights)
    _person(root, feed.author, feed.email)
    for entry in feed.entries:
        _entry(root, entry, feed)
    return document(root, feed)


def document(root: etree._Element, feed: Feed) -> bytes:
    """The bytes of a feed's tree, with a style sheet for those who open it in a browser."""
    root.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{feed.style}"'))
    return etree.tostring(root.getroottree(), encoding="utf-8", xml_declaration=True, pretty_print=True)


def paging(feed: Feed) -> Iterator[tuple[str, str]]:
    """Where this document is, where the feed is that it is an archive of, and where it goes on (RFC 5005, 4).

    Nothing leads to newer archives, so that one that is finished never changes.
    """
    yield "self", feed.url
    if feed.current:
        yield "current", feed.current
    if feed.older:
        yield "prev-archive", feed.older


def link(parent: etree._Element, rel: str, href: str, **more: str | None) -> None:
    """Add an Atom link; in RSS it is an extension."""
    attributes = {key: writable(value) for key, value in more.items() if value}
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": uri(href), **attributes})


def _entry(root: etree._Element, entry: Entry, feed: Feed) -> None:
    element = etree.SubElement(root, f"{{{ATOM}}}entry")
    if entry.lang != feed.lang:
        element.set(f"{{{XML}}}lang", entry.lang)
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "published", entry.published.isoformat())
    _text(element, "updated", entry.updated.isoformat())
    _person(element, entry.author)
    link(element, "alternate", entry.url, type="text/html")
    for related in entry.related:
        link(element, "related", related.href, title=related.name)
    for via in entry.via:
        link(element, "via", via.href, title=via.name)
    for topic in entry.topics:
        term = topic.href.rstrip("/").rpartition("/")[2]
        etree.SubElement(element, f"{{{ATOM}}}category", term=term, label=writable(topic.name))
    _text(element, "summary", entry.summary)
    content = etree.SubElement(element, f"{{{ATOM}}}content", type="html")
    content.text = writable(entry.html)


def _text(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{tag}").text = writable(text)


def _person(parent: etree._Element, name: str, email: str | None = None) -> None:
    author = etree.SubElement(parent, f"{{{ATOM}}}author")
    _text(author, "name", name)
    if email:
        _text(author, "email", email)
