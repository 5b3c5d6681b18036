"""The headline of an article, told from the names and sections that pages put around it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from commentary.capture.tags import one_line, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from commentary.capture.page import Page

# What stands between a headline and the site's name; `<` and `::` are the custom of Korean systems.
_SEPARATOR = re.compile(
    r"\s+(?:[|｜•·»›<>/:—–-]|::|//|\|\|)\s+|\s*[|｜]\s*|\s+[|｜]|(?<=[^\x00-\x7f])[-_—–]+(?=[^\x00-\x7f])"
)
_SURE = re.compile(r"[|｜<»›]|::|//")  # no headline has one of these; a dash it may have
_TAIL_WORDS = 5
_SHORT = 3  # letters of a name that others may hold by chance
_LONG = 20  # letters of a headline that another does not begin with by chance
_KICKER = re.compile(
    r"kicker|overline|dachzeile|roofline|topline|eyebrow|pre-?title|supertitle|antetitulo", re.IGNORECASE
)
_TAGS = ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "title")
_LIKE_A_NAME = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2,6}")  # 新华网 after a dash, without spaces


def fold(text: str) -> str:
    """A text to compare by: letters and digits of any script, without case, accents and the rest."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


def without_tail(title: str, sites: Iterable[str]) -> tuple[str, str]:
    """A title less its "| Section | Site" tail, and the site's name in that tail, `""` if there is none.

    `sites`: what the site is called elsewhere; a tail after a mere dash must be one of these, or look it.
    """
    known = {fold(site) for site in sites if site}
    rest, last = title, ""
    while found := list(_SEPARATOR.finditer(rest)):
        cut = found[-1]
        tail = rest[cut.end() :].strip()
        is_site = _same_name(fold(tail), known)
        is_sure = bool(_SURE.search(cut[0])) and len(tail.split()) <= _TAIL_WORDS
        if not (is_site or is_sure or _LIKE_A_NAME.fullmatch(tail)):
            break
        rest = rest[: cut.start()].strip()
        last = tail if is_site or not last else last
    return rest, last


def _same_name(tail: str, known: set[str]) -> bool:
    return any(
        tail == name or (min(len(tail), len(name)) > _SHORT and (tail in name or name in tail)) for name in known
    )


def find_headline(page: Page, sites: Sequence[str]) -> tuple[str, bool]:
    """The headline, `""` if there is none, and whether it is sure; `sites`: what the site is called.

    One that the page both shows (`<h1>`) and tells in its tags is the headline, as shown. Else two tags must agree.
    """
    tags = (page.json_ld.text("headline"), *page.tags.all(*_TAGS), page.title)
    told = [headline for tag in tags if (headline := without_tail(tag, sites)[0])]
    shown = [
        text for h1 in page.tree.iter("h1") if (text := _without_kicker(h1)) and fold(text) not in map(fold, sites)
    ]
    folded = [fold(text) for text in told]
    for text in shown:
        if fold(text) in folded:
            return text, True
    for text in shown:  # a tag was cut short, or adds the name of a section
        mine = fold(text)
        if len(mine) > _LONG and any(_continues(other, mine) or _continues(mine, other) for other in folded):
            return text, True
    for text in told:
        # A tag may be cut at a quotation mark that it holds: the longer one is whole.
        if longer := next((t for t in told if len(t) > len(text) and t.startswith(text)), ""):
            return longer, True
        if folded.count(fold(text)) > 1:
            return text, True
    return next(iter((*told, *shown)), ""), False


def _continues(longer: str, shorter: str) -> bool:
    return bool(shorter) and (longer.startswith(shorter) or longer.endswith(shorter))


def _without_kicker(h1: HtmlElement) -> str:
    first = next(iter(h1), None)
    if first is not None and not (h1.text or "").strip() and _KICKER.search(first.get("class", "")):
        rest = one_line(
            " ".join([first.tail or "", *(text_of(e) + " " + (e.tail or "") for e in first.itersiblings())])
        )
        return rest or text_of(h1)
    return text_of(h1)
