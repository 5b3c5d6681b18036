"""Ask a web archive for a copy: the Wayback Machine's save endpoint, or one that answers like it."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from commentary.errors import SnapshotError
from commentary.fetching import probe
from commentary.ledger import Memento
from commentary.urls import check_url, memento_stamp

if TYPE_CHECKING:
    from commentary.fetching import Fetched

DEADLINE = 120.0  # seconds: the archive fetches the page before it answers
MOST_WAIT = 60  # seconds that a busy archive may make us wait; past that, another day

_SECONDS = re.compile("[0-9]{1,9}")


def archive(url: str, *, base: str, allow_loopback: bool) -> Memento:
    """Let the archive at `base` save the page at an address, and give what it made. SnapshotError if it did not.

    An archive that answers 429 is asked once more, when its Retry-After says so.
    """
    answer = _ask(url, base, allow_loopback)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = _wait(answer.header("retry-after"))
        if wait > MOST_WAIT:
            raise SnapshotError(base, f"answered 429 for {url}; try again after {wait} s")
        time.sleep(wait)
        answer = _ask(url, base, allow_loopback)
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise SnapshotError(base, f"answered {answer.status} for {url}; try again later")
    uri = _uri(answer, base)
    if not uri:
        raise SnapshotError(base, f"did not say where it keeps {url}; look for the copy there and give it as memento")
    return Memento(url=url, at=_moment(answer, uri), uri=uri)


def _ask(url: str, base: str, allow_loopback: bool) -> Fetched:
    return probe(f"{base}/save/{url}", method="GET", redirects=0, allow_loopback=allow_loopback, deadline=DEADLINE)


def _uri(answer: Fetched, base: str) -> str | None:
    """The memento's address: of the redirect, of Content-Location, or of the answer itself."""
    for place in (answer.header("location"), answer.header("content-location"), answer.final_url):
        uri = urljoin(f"{base}/", place)
        if place and memento_stamp(uri) and uri.startswith(f"{base}/"):  # not another archive's, nor a page's own word
            try:
                return check_url(uri)
            except ValueError:
                continue
    return None


def _moment(answer: Fetched, uri: str) -> datetime:
    """When it was archived: Memento-Datetime (RFC 7089), else the stamp in the address."""
    stamp = memento_stamp(uri)
    assert stamp is not None  # `_uri` looked for it
    try:
        return parsedate_to_datetime(answer.header("memento-datetime")).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        pass
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as cause:
        raise SnapshotError(uri, "is of no day of the calendar; try again later") from cause


def _wait(retry_after: str) -> int:
    """Seconds that a Retry-After asks for: a number, or a date (RFC 9110, 10.2.3)."""
    if _SECONDS.fullmatch(retry_after.strip()):
        return int(retry_after)
    try:
        until = parsedate_to_datetime(retry_after).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return MOST_WAIT
    return max(0, round((until - datetime.now(UTC)).total_seconds()))
