"""A page, read once for all who look for facts in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from commentary.capture.json_ld import JsonLd
from commentary.capture.tags import MOST, Tags, one_line
from commentary.charsets import decode
from commentary.webpage import parse_page, readable, visible_blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as its tree, its tags, its JSON-LD and its visible blocks."""

    url: str  # where it was found
    text: str
    tree: HtmlElement
    tags: Tags
    json_ld: JsonLd
    title: str  # of its `<title>`
    blocks: tuple[str, ...]

    @classmethod
    def read(cls, page: str | bytes, *, url: str) -> Self:
        """Read an HTML page, however broken."""
        text = readable(decode(page) if isinstance(page, bytes) else page)
        tree = parse_page(text)
        return cls(
            url=url,
            text=text,
            tree=tree,
            tags=Tags(tree),
            json_ld=JsonLd(tree),
            title=one_line((tree.findtext(".//title") or "")[:MOST]),
            blocks=tuple(visible_blocks(tree)),
        )
