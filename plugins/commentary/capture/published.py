"""The day an article appeared, as far as its page says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commentary.capture.tags import in_article
from commentary.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.capture.page import Page

_TAGS = (
    "article:published_time", "datepublished", "published_time", "parsely-pub-date", "citation_publication_date",
    "citation_date", "bepress_citation_date", "citation_online_date", "dc.date.issued", "dcterms.issued", "dc.date",
    "dc:date", "dcterms.date", "dcterms.created", "dc.date.created", "prism.publicationdate", "pubdate", "publishdate",
    "publish_date", "publish-date", "publication_date", "sailthru.date", "og:release_date", "og:regdate", "date",
)  # fmt: skip
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:\s?[-/.년]\s?(\d{1,2})\s?[-/.월]\s?(\d{1,2})(?!\d)|(\d{2})(\d{2})(?:\d{4}(?:\d{2})?)?(?:T|(?!\d)))"
)
_UTC = re.compile(r"(?:Z|[+-]00:?00|UTC|GMT)\s*$")
_LABELLED = re.compile(r"(?:입력|등록|승인|송고|게재|기사작성|발행)[^\d]{0,12}(20\d{2}.{5,8}\d)")


def find_published(page: Page) -> PartialDate | None:
    """The day of publication as the page writes it, on the clock of its own place where it tells two."""
    told = [(day, bool(_UTC.search(text))) for text in _told(page) if (day := _day(text))]
    if not told:
        return None
    first, in_utc = told[0]
    if in_utc:
        # The same moment elsewhere in local time may fall on the day before or after.
        local = (day for day, utc in told if not utc and abs((day.first - first.first).days) <= 1)
        return next(local, first)
    return first


def _told(page: Page) -> Iterator[str]:
    yield page.json_ld.text("datePublished")
    yield from page.tags.all(*_TAGS)
    for element in in_article(page.tree):
        if element.get("itemprop") == "datePublished" or (element.tag == "time" and element.get("pubdate") is not None):
            yield element.get("datetime") or element.get("content") or element.text or ""
    for block in page.blocks:
        if found := _LABELLED.search(block):
            yield found[1]


def _day(text: str) -> PartialDate | None:
    if not (found := _DAY.search(text)):
        return None
    year, *rest = (int(part) for part in found.groups() if part)
    month, day = rest
    try:
        return PartialDate.parse(f"{year:04}-{month:02}-{day:02}")
    except ValueError:  # some number that is no date
        return None
