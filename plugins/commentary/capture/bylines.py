"""Who wrote an article, as far as its page says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commentary.capture.names import people
from commentary.capture.tags import in_article, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from commentary.capture.page import Page

_TAGS = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "citation_author",
    "bepress_citation_author", "dc.creator", "dcterms.creator", "dc.contributor.author", "dable:author",
)  # fmt: skip
_NO_FIRM = r"(?!.*(?:Organization|Corporation)).*"  # a person, or a thing that is not said to be anything else
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|autor|auteur|autore|writer|reporter|contributor|journalist)", re.IGNORECASE
)
_LABELLED = re.compile(r"(?:责任编辑|责编|作者|记者|記者|編輯|글|취재)\s*[:：]\s*([\w·、 ]{2,20})")
_LEADING = re.compile(
    r"^(?:By|Von|Par|Por|Di|Door|Af|Av|Text|Texte|Texto|Words)\s*:?\s+(\w[\w.’'-]*(?: [\w.’'-]+){1,5})$"
)
# "(서울=연합뉴스) 홍길동 기자 =" opens an article, "홍길동 기자" or "홍길동 기자 hong@…" stands on a line of its own.
_KOREAN = re.compile(
    r"^(?:[(\[][^)\]]{1,30}[)\]]\s*)?((?:[가-힣]{2,4}[·ㆍ,]\s?)*[가-힣]{2,4}) ?(?:[가-힣]{0,4}기자|[가-힣]{0,6}특파원)(?=\s*(?:=|$|\S+@|\|))"
)
_MOST = 120  # characters; more is a biography


def find_byline(page: Page, sites: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The people who wrote the article, and whether the page says so outright; `sites`: what the site is called."""
    told = (page.json_ld.names(key, kind=_NO_FIRM) for key in ("author", "creator"))
    for bylines in (*told, *(page.tags.all(tag) for tag in _TAGS)):
        if names := people(bylines, but=sites):
            return names, True
    for element, sure in _marked(page.tree):
        if names := people([text_of(element)], but=sites, strict=True):
            return names, sure
    for pattern in (_KOREAN, _LABELLED, _LEADING):
        for block in page.blocks:
            if (found := pattern.search(block)) and (names := people([found[1]], but=sites, strict=True)):
                return names, False
    return (), False


def _marked(tree: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    likely: list[HtmlElement] = []
    for element in in_article(tree):
        if 0 < len(text_of(element)) <= _MOST:
            if element.get("rel") == "author" or element.get("itemprop") == "author":
                yield element, True
            elif _CLASS.search(element.get("class", "")):
                likely.append(element)
    yield from ((element, False) for element in likely)
