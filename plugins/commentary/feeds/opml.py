"""OPML 2.0 (opml.org/spec2.opml): every feed of the site as one list that readers import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from commentary.feeds.entry import uri, writable

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed as a list of feeds has it; both addresses absolute."""

    title: str
    url: str
    home: str


def opml(title: str, owner: str, groups: Sequence[tuple[str, Sequence[Outline]]]) -> bytes:
    """An OPML document, UTF-8. `groups`: a name and its feeds; a group without feeds is left out."""
    root = etree.Element("opml", {"version": "2.0"})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = writable(title)
    etree.SubElement(head, "ownerName").text = writable(owner)
    body = etree.SubElement(root, "body")
    for name, outlines in groups:
        group = etree.SubElement(body, "outline", {"text": writable(name)}) if outlines else body
        for outline in outlines:
            words = writable(outline.title)
            attributes = {"type": "rss", "text": words, "title": words}
            etree.SubElement(group, "outline", attributes | {"xmlUrl": uri(outline.url), "htmlUrl": uri(outline.home)})
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
