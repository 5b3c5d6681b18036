"""The sitemap (sitemaps.org, protocol 0.9): every address that search engines may list, and when it last changed."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from commentary.urls import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_URLS = 50_000
MOST_BYTES = 50_000_000
_LONGEST_LETTER = len(quoted("\U0010ffff"))
_AROUND = 100  # bytes that an entry has besides its address, more than enough


class Entry(NamedTuple):
    """An address of the site, and when what it shows last changed; None: not known."""

    address: str
    changed: str | None  # ISO 8601


class Entries(tuple[Entry, ...]):
    """The entries of one file."""

    @cached_property
    def digest(self) -> str:
        """A hash of all of them."""
        return hashlib.sha256("\n".join([f"{address} {changed}" for address, changed in self]).encode()).hexdigest()


def parts(entries: Iterable[Entry], base: str) -> list[Entries]:
    """The entries cut into what one file may hold: 50,000 addresses and 50 MB."""
    entries = list(entries)
    most = sum(len(address) for address, _ in entries) * _LONGEST_LETTER + len(entries) * (len(base) + _AROUND)
    if len(entries) <= MOST_URLS and most <= MOST_BYTES:
        return [Entries(entries)]
    files: list[list[Entry]] = [[]]
    size = 0
    for entry in entries:
        weight = len(base) + len(quoted(entry.address)) + _AROUND
        if len(files[-1]) == MOST_URLS or size + weight > MOST_BYTES:
            files.append([])
            size = 0
        files[-1].append(entry)
        size += weight
    return [Entries(file) for file in files]


def sitemap(entries: Iterable[Entry], base: str, *, index: bool = False) -> bytes:
    """A sitemap of these entries, or an index of the sitemaps at them; `base`: the site's address."""
    root, one = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    # No tree: it would take six times as long, and addresses that are quoted hold nothing to be escaped.
    start = f"<{one}><loc>{escape(base)}"
    rows = [
        f"{start}{quoted(address)}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</{one}>"
        for address, changed in entries
    ]
    head = "<?xml version='1.0' encoding='utf-8'?>\n"
    return f'{head}<{root} xmlns="{NAMESPACE}">{"".join(rows)}</{root}>\n'.encode()
