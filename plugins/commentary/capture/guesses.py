"""What the page does not say outright, guessed by those who have read more pages: trafilatura and htmldate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commentary.capture.names import people
from commentary.dates import PartialDate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commentary.capture.page import Page

# Both are slow to import and seldom needed, hence the imports below; both build trees of their own from a page.
_MOST = 1_000_000  # characters


def guess_published(page: Page) -> PartialDate | None:
    """A day that stands in the page's address or text."""
    from htmldate import find_date  # noqa: PLC0415

    if len(page.text) > _MOST:
        return None
    found = find_date(page.text, original_date=True, url=page.url)
    return PartialDate.parse(found) if found else None


def guess_byline(page: Page, sites: Sequence[str]) -> tuple[str, ...]:
    """People named where bylines usually stand."""
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415

    if len(page.text) > _MOST:
        return ()
    found = extract_metadata(
        page.text, default_url=page.url, date_config={"original_date": True, "extensive_search": False}
    )
    return people((found.author or "").split(";"), but=sites, strict=True) if found else ()
