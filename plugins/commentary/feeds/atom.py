"""Atom 1.0 (RFC 4287). Entries lead to our permalink; the source is `related`, the hat tip `via`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from commentary.feeds.entry import writable

if TYPE_CHECKING:
    from commentary.feeds.entry import Entry, Feed

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document, UTF-8."""
    root = etree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.lang}, nsmap={None: ATOM})  # type: ignore[dict-item]  # the stubs forget that None names the default
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", feed.updated.isoformat())
    _link(root, "self", feed.url, type="application/atom+xml")
    _link(root, "alternate", feed.home, type="text/html")
    if feed.icon:
        _text(root, "icon", feed.icon)
    if feed.rights:
        _text(root, "rights", feed.rights)
    _person(root, feed.author, feed.email)
    for entry in feed.entries:
        _entry(root, entry, feed)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _entry(root: etree._Element, entry: Entry, feed: Feed) -> None:
    post = entry.post
    element = etree.SubElement(root, f"{{{ATOM}}}entry")
    if post.lang != feed.lang:
        element.set(f"{{{XML}}}lang", post.lang)
    _text(element, "id", entry.id)
    _text(element, "title", post.title)
    _text(element, "published", post.posted.isoformat())
    _text(element, "updated", (post.updated or post.posted).isoformat())
    _person(element, post.author)
    _link(element, "alternate", post.url, type="text/html", title=post.title)
    for source in (*post.sources, *post.related):
        if source.url:
            _link(element, "related", source.url, title=source.headline or source.name)
    for via in dict.fromkeys(s.via for s in post.sources if s.via and s.via.url):
        if via and via.url:
            _link(element, "via", via.url, title=via.name)
    for topic in post.topics:
        etree.SubElement(
            element, f"{{{ATOM}}}category", term=topic.href.rstrip("/").rpartition("/")[2], label=writable(topic.name)
        )
    _text(element, "summary", post.summary)
    content = etree.SubElement(element, f"{{{ATOM}}}content", type="html")
    content.text = writable(entry.html)


def _text(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{tag}").text = writable(text)


def _link(parent: etree._Element, rel: str, href: str, **more: str | None) -> None:
    attributes = {key: writable(value) for key, value in more.items() if value}
    etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "href": href, **attributes})


def _person(parent: etree._Element, name: str, email: str | None = None) -> None:
    author = etree.SubElement(parent, f"{{{ATOM}}}author")
    _text(author, "name", name)
    if email:
        _text(author, "email", email)
