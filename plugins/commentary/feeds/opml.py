"""OPML 2.0 (opml.org/spec2.opml): every feed of the site as one list that readers import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commentary.feeds.entry import uri
from commentary.feeds.xml import Writer

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
    xml = Writer()
    with xml.within("opml", version="2.0"):
        with xml.within("head"):
            xml.element("title", title)
            xml.element("ownerName", owner)
        with xml.within("body"):
            for name, outlines in groups:
                if outlines:
                    with xml.within("outline", text=name):
                        for outline in outlines:
                            _outline(xml, outline)
    return xml.document()


def _outline(xml: Writer, outline: Outline) -> None:
    url, home = uri(outline.url), uri(outline.home)
    xml.element("outline", type="rss", text=outline.title, title=outline.title, xmlUrl=url, htmlUrl=home)
