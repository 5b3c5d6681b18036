"""The sitemap (sitemaps.org, protocol 0.9): every address that search engines may list, and when it last changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_URLS = 50_000
MOST_BYTES = 50_000_000
_AROUND = 100  # bytes that an entry has besides its address, more than enough


class Entry(NamedTuple):
    """An address of the site, and when what it shows last changed; None: not known."""

    address: str
    changed: datetime | date | None


def parts(entries: Iterable[Entry], base: str) -> list[tuple[Entry, ...]]:
    """The entries cut into what one file may hold: 50,000 addresses and 50 MB."""
    files: list[list[Entry]] = [[]]
    size = 0
    for entry in entries:
        weight = len(_absolute(base, entry.address)) + _AROUND
        if len(files[-1]) == MOST_URLS or size + weight > MOST_BYTES:
            files.append([])
            size = 0
        files[-1].append(entry)
        size += weight
    return [tuple(file) for file in files]


def sitemap(entries: Iterable[Entry], base: str, *, index: bool = False) -> bytes:
    """A sitemap of these entries, or an index of the sitemaps at them; `base`: the site's address."""
    root = ET.Element("sitemapindex" if index else "urlset", xmlns=NAMESPACE)
    for entry in entries:
        element = ET.SubElement(root, "sitemap" if index else "url")
        ET.SubElement(element, "loc").text = _absolute(base, entry.address)
        if entry.changed:
            ET.SubElement(element, "lastmod").text = entry.changed.isoformat()
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _absolute(base: str, address: str) -> str:
    return base + quote(address)
