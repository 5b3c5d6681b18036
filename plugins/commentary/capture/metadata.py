"""The facts of a source, each from the most trustworthy place of its page that has it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from commentary.capture.bylines import find_byline
from commentary.capture.guesses import guess_byline, guess_published
from commentary.capture.headlines import find_headline, fold, without_tail
from commentary.capture.page import Page
from commentary.capture.published import find_published
from commentary.urls import check_url, host_of, without_trackers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.dates import PartialDate
    from commentary.vocabulary import Publication, Vocabulary

Guess = Literal["headline", "publication", "byline", "published", "language"]

_SITE_TAGS = ("og:site_name", "site_name", "application-name")
_MORE_SITE_TAGS = ("dc.publisher", "publisher", "apple-mobile-web-app-title", "source")
_DOMAIN = re.compile(r"(?:www\.)?([^\s/.]+)\.(?:com?|org|net|[a-z]{2})(?:\.[a-z]{2})?", re.IGNORECASE)
_LOCALE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What a page says of itself; None and () mean that it does not say."""

    headline: str | None
    publication: str | None
    byline: tuple[str, ...]
    published: PartialDate | None
    canonical: str  # the address it was found at, if it names none
    language: str | None  # without its region: "pt", not "pt-BR"
    paywall: bool | None
    guesses: tuple[Guess, ...]  # what the page does not say outright: for the author to confirm


def read_metadata(page: str | bytes, *, url: str, publications: Vocabulary | None = None) -> PageFacts:
    """The facts of the HTML page found at `url`; a publication declared for its host goes before what it says."""
    read = Page.read(page, url=url)
    canonical = _canonical(read)
    declared = _declared(publications, canonical, url)
    sites = _site_names(read, declared)
    guesses: list[Guess] = []

    headline, sure = find_headline(read, sites)
    if headline and not sure:
        guesses.append("headline")

    publication, sure = (declared.name, True) if declared else _publication(read, sites)
    if not sure:
        guesses.append("publication")

    byline, sure = find_byline(read, (*sites, publication))
    byline = byline or guess_byline(read, (*sites, publication))
    if byline and not sure:
        guesses.append("byline")

    published = find_published(read)
    if not published and (published := guess_published(read)):
        guesses.append("published")

    language, sure = _language(read)
    if language and not sure:
        guesses.append("language")

    return PageFacts(
        headline=headline or None,
        publication=publication,
        byline=byline,
        published=published,
        canonical=canonical,
        language=language,
        paywall=_paywall(read, declared),
        guesses=tuple(guesses),
    )


def _canonical(page: Page) -> str:
    for address in (*_links(page), page.tags.first("og:url")):
        # An address of another kind, or of the site's front page, is a mistake of the page's.
        target = urljoin(page.url, address)
        if address and not (urlsplit(page.url).path.strip("/") and not urlsplit(target).path.strip("/")):
            try:
                return without_trackers(check_url(target))
            except ValueError:
                continue
    return without_trackers(page.url)


def _links(page: Page) -> Iterator[str]:
    for link in page.tree.iter("link"):
        if "canonical" in link.get("rel", "").lower().split():
            yield link.get("href", "").strip()


def _declared(publications: Vocabulary | None, *urls: str) -> Publication | None:
    found = (publications.publication_at(url) for url in urls) if publications else ()
    return next(filter(None, found), None)


def _site_names(page: Page, declared: Publication | None) -> tuple[str, ...]:
    host = host_of(page.url)
    names = (*page.tags.all(*_SITE_TAGS), *page.json_ld.site_names(), *page.tags.all(*_MORE_SITE_TAGS), host)
    return tuple(
        dict.fromkeys(name for name in (declared.name if declared else "", *names, host.partition(".")[0]) if name)
    )


def _publication(page: Page, sites: tuple[str, ...]) -> tuple[str, bool]:
    """The outlet's name and whether the page says it; a name goes before a domain that means the same."""
    tail = without_tail(page.title, sites)[1]
    told = [
        n
        for n in (*page.tags.all(*_SITE_TAGS), *page.json_ld.site_names(), *page.tags.all("dc.publisher", "publisher"))
        if "://" not in n
    ]
    stated = {*told}
    told += [tail] if tail else []
    told += page.tags.all("apple-mobile-web-app-title", "source")
    if not told:
        return host_of(page.url), False
    name = told[0]
    if domain := _DOMAIN.fullmatch(name):
        others = (*told, *page.tags.all("author"))
        same = (other for other in others if not _DOMAIN.fullmatch(other) and fold(other) == fold(domain[1]))
        return next(same, name.removeprefix("www.")), True
    return name, name in stated or name != tail


def _language(page: Page) -> tuple[str | None, bool]:
    """The language, and whether the page says so and its letters agree."""
    text = "".join(page.blocks)
    written = _by_script(text)
    told = (
        page.tree.get("lang", ""), page.tree.get("xml:lang", ""), page.json_ld.text("inLanguage"),
        *page.tags.all("og:locale", "content-language", "language", "dc.language", "dcterms.language"),
    )  # fmt: skip
    for locale in told:
        if found := _LOCALE.fullmatch(locale.strip()):
            language = found[1].lower()
            if written is None or written == language:
                return language, True
    return written, False


def _by_script(text: str) -> str | None:
    """The language that a script belongs to alone, if most letters are of that script."""
    scripts = Counter(unicodedata.name(c, "").partition(" ")[0] for c in text[:20_000] if c.isalpha())
    hangul, han, kana = scripts["HANGUL"], scripts["CJK"], scripts["HIRAGANA"] + scripts["KATAKANA"]
    if hangul * 2 > scripts.total():
        return "ko"
    if (han + kana) * 2 > scripts.total():
        return "ja" if kana * 10 > han else "zh"
    return None


def _paywall(page: Page, declared: Publication | None) -> bool | None:
    free = page.json_ld.text("isAccessibleForFree").lower()
    tier = page.tags.first("article:content_tier", "og:article:content_tier").lower()
    if free in ("true", "false"):
        return free == "false"
    if tier in ("free", "metered", "locked"):
        return tier != "free"
    return declared.paywall if declared else None
