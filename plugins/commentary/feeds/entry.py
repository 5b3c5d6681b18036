"""What a feed is made from, whatever its format."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from commentary.views import Link

if TYPE_CHECKING:
    from datetime import datetime

    from commentary.model import Correction
    from commentary.views import PostView

# What XML 1.0 (2.2) has no way to write, not even as references; and the C1 controls, which it discourages.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_URI = re.compile(r"[a-z0-9_.~!#$%&'()*+,/:;=?@\[\]-]*", re.ASCII | re.IGNORECASE).fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed: its id for ever, where it leads, and its content as HTML that reads right without CSS."""

    id: str
    title: str
    lang: str
    url: str  # what a click on the title opens
    source: str | None  # the address of the work quoted
    related: tuple[Link, ...] = ()
    via: tuple[Link, ...] = ()  # hat tips
    published: datetime
    updated: datetime
    author: str
    topics: tuple[Link, ...] = ()  # `href` ends in the slug
    summary: str
    html: str

    def source_first(self) -> Entry:
        """The same, leading to the source, if that has an address."""
        if not self.source:
            return self
        related = (Link(self.title, self.url), *(link for link in self.related if link.href != self.source))
        return replace(self, url=self.source, related=tuple(dict.fromkeys(related)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed document and its entries, newest first; every address absolute."""

    id: str  # one for the feed and its archives
    title: str
    subtitle: str | None
    url: str  # its own
    home: str  # of the page it is the feed of
    older: str | None  # of the document that goes on
    current: str | None  # of the feed itself, if this is an archive
    style: str  # of its style sheet
    icon: str
    lang: str
    author: str
    email: str | None
    rights: str | None
    updated: datetime
    entries: tuple[Entry, ...]


def of_post(id_: str, post: PostView, html: str) -> Entry:
    """A post's entry, leading to our permalink."""
    sources = (Link(s.headline or s.name or s.url, s.url) for s in (*post.sources, *post.related) if s.url)
    vias = (Link(s.via.name, s.via.url) for s in post.sources if s.via and s.via.url)
    return Entry(
        id=id_,
        title=post.title,
        lang=post.lang,
        url=post.url,
        source=next((s.url for s in post.sources if s.url), None),
        related=tuple(dict.fromkeys(sources)),
        via=tuple(dict.fromkeys(vias)),
        published=post.posted,
        updated=post.updated or post.posted,
        author=post.author,
        topics=post.topics,
        summary=post.summary,
        html=html,
    )


def of_correction(id_: str, post: PostView, correction: Correction, *, title: str, html: str) -> Entry:
    """A correction's entry, leading to the post that it corrects."""
    return Entry(
        id=id_,
        title=title,
        lang=post.lang,
        url=f"{post.url}#corrections",
        source=None,
        published=correction.date,
        updated=correction.date,
        author=post.author,
        summary=correction.note,
        html=html,
    )


def uri(address: str) -> str:
    """An address as a URI (RFC 3986), which is ASCII alone: pages may write 한 where a feed writes %ED%95%9C."""
    if _URI(address):
        return address
    scheme, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    with suppress(UnicodeError):  # a label that no domain has stays as it is
        host = host.encode("idna").decode()
    return quote(f"{scheme}{mark}{host}{slash}{path}", safe="!#$%&'()*+,/:;=?@[]~")


def writable(text: str) -> str:
    """The text less what XML cannot hold."""
    if text.replace("\n", "").isprintable():
        return text
    return _UNWRITABLE.sub("", text)
