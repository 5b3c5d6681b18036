"""What a page says of its article in JSON-LD (schema.org), `@graph` and `@id` references resolved."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

from commentary.capture.tags import MOST, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"\w*(?:Article|BlogPosting|Report|Review|Posting)", re.IGNORECASE)
_PAGE = re.compile(r"WebPage|ItemPage", re.IGNORECASE)
_MOST_NODES = 5000
_WRAPPING = "/*<!->; \t\r\n"  # comments around it, a semicolon after it

Node = dict[str, object]


class JsonLd:
    """The nodes of all JSON-LD of a page, and the one that describes the article."""

    def __init__(self, tree: HtmlElement) -> None:
        self._nodes = list(_nodes(tree))
        # Two nodes may share an @id, one of them a bare reference: the fuller one is meant.
        self._by_id: dict[str, Node] = {}
        for node in sorted(self._nodes, key=len):
            if isinstance(key := node.get("@id"), str):
                self._by_id[key] = node
        self._article = self._described()

    def text(self, key: str) -> str:
        """A plain value of the article, `""` if it has none."""
        return next(self._texts(self._article.get(key)), "")

    def names(self, key: str, *, kind: str = "") -> tuple[str, ...]:
        """The names under a key of the article; `kind` leaves out nodes of another `@type`."""
        return tuple(self._names(self._article.get(key), kind))

    def site_names(self) -> tuple[str, ...]:
        """What the site calls itself: the publisher, the series it is part of, the site."""
        sites = [n for n in self._nodes if _is(n, re.compile("WebSite|NewsMediaOrganization"))]
        return (*self.names("publisher"), *self.names("isPartOf"), *self._names(sites, ""))

    def _described(self) -> Node:
        for kind in (_ARTICLE, _PAGE):
            for node in self._nodes:
                if _is(node, kind) and (node.keys() & {"headline", "datePublished", "author"}):
                    return node
        return {}

    def _texts(self, value: object) -> Iterator[str]:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str | bool | int) and (text := one_line(html.unescape(str(item)[:MOST]))):
                yield text

    def _names(self, value: object, kind: str) -> Iterator[str]:
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                node = self._by_id.get(str(item.get("@id")), item) if "name" not in item else item
                if not kind or "@type" not in node or _is(node, re.compile(kind)):
                    yield from self._texts(node.get("name"))
            else:
                yield from self._texts(item)


def _is(node: Node, kind: re.Pattern[str]) -> bool:
    types = node.get("@type")
    return any(isinstance(t, str) and kind.fullmatch(t) for t in (types if isinstance(types, list) else [types]))


def _nodes(tree: HtmlElement) -> Iterator[Node]:
    """Every object of every block, outermost first; a block that is no JSON is passed over."""
    waiting: list[object] = []
    for script in tree.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            text = (script.text or "").replace("<![CDATA[", "").replace("]]>", "").strip(_WRAPPING)
            try:
                waiting.append(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                continue
    for seen, value in enumerate(waiting):  # grows as it goes
        if seen > _MOST_NODES:
            return
        if isinstance(value, dict):
            yield value
        waiting.extend(value.values() if isinstance(value, dict) else value if isinstance(value, list) else ())
