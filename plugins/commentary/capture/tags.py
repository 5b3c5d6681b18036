"""What a page says of its article in `<meta>`, `<link>`, `<time>` and microdata."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from commentary.reading.text import REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MOST = 1000  # characters of a fact: no headline or byline is longer, and some patterns are slow on what is
_ASIDES = ("aside", "footer", "nav", "script", "style", "template")
_NEVER_ASIDE = ("html", "body", "main", "article", "h1")
# The beginning of a class name, after BEM's letter if it has one: wrappers are called "with-sidebar" and the like.
_ASIDE_CLASS = re.compile(
    r"(?:^|\s)(?:[a-z][-_]+)?(?:bio|cards?|comments?|footer|nav|navigation|recommended|related|sidebar|teasers?|widget)"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)


class Tags:
    """A page's tags, looked up by their names, case apart."""

    def __init__(self, tree: HtmlElement) -> None:
        self._metas: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            if content := one_line(meta.get("content", "")[:MOST]):
                for attribute in ("name", "property", "itemprop", "http-equiv"):
                    if name := meta.get(attribute, "").strip().lower():
                        self._metas.setdefault(name, []).append(content)

    def all(self, *names: str) -> tuple[str, ...]:
        """The contents of the tags of these names, in this order."""
        return tuple(content for name in names for content in self._metas.get(name, ()))

    def first(self, *names: str) -> str:
        """The first content of the first of these names that the page has, or `""`."""
        return next(iter(self.all(*names)), "")


def one_line(text: str) -> str:
    """A text without white space at its ends and in runs, and without what no post may hold."""
    return " ".join(REFUSED.sub(lambda found: " " if found[0].isspace() else "", text).split())


def text_of(element: HtmlElement) -> str:
    """The text of an element, on one line, a space between its parts."""
    return one_line(" ".join(t for t in element.itertext() if isinstance(t, str)))


def in_article(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements of a page that are not beside the article: in navigation, teasers, comments, footers."""
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if _is_aside(element):
            walk.skip_subtree()
        else:
            yield element


def _is_aside(element: HtmlElement) -> bool:
    if element.tag in _NEVER_ASIDE:
        return False
    return element.tag in _ASIDES or bool(_ASIDE_CLASS.search(element.get("class", "")))
