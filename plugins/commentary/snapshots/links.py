"""What has become of an address: one look at it, with as little traffic as will do."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from commentary.errors import CaptureError
from commentary.fetching import probe
from commentary.ledger import LinkState
from commentary.snapshots.store import Snapshot
from commentary.urls import same_page_key
from commentary.webpage import parse_page
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from commentary.fetching import Fetched
    from commentary.quotation.page_text import PageText

_REFUSED = (401, 403, 407, 429, 451)  # to programs at least
_GONE_FOR_GOOD = (301, 308)
_NOT_MODIFIED = 304
_SETTLED = timedelta(seconds=60)
_SUCCESS = range(200, 300)
_NOT_FOUND = re.compile(
    r"\b(?:404|410)\b|not (?:be )?found|no longer (?:available|exists)|does(?:n[’']t| not) exist|been (?:re)?moved"
    r"|찾을 수 없|존재하지 않|삭제된|見つかりません|存在しません|找不到|不存在|nicht gefunden|introuvable|no encontrad|não encontrad",
    re.IGNORECASE,
)
_MOST_WORDS = 150  # of a page that says it is not there; a report has more


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at an address found; `state` None: a failure, which may pass."""

    state: LinkState | None
    target: str | None = None
    status: int | None = None  # None: no answer
    etag: str = ""
    last_modified: str = ""
    reason: str | None = None  # of a failure


def look(url: str, *, holds: Callable[[PageText], bool] | None, before: Look | None, allow_loopback: bool) -> Look:
    """HEAD, then GET unless nothing changed since the look `before`. Never raises.

    `holds`: whether the page still has the quoted words; None: nothing was quoted from what we fetched.
    """
    fine = before and before.state in (LinkState.LIVE, LinkState.MOVED)  # of other states we make sure
    known = before if before and fine and (before.etag or before.last_modified) else None
    with suppress(CaptureError):  # a server that cannot do HEAD may do GET
        head = probe(url, allow_loopback=allow_loopback)
        if known and head.status in _SUCCESS and _validators(head) == (known.etag, known.last_modified):
            return known
    try:
        etag, modified = (known.etag, known.last_modified) if known else ("", "")
        got = probe(url, method="GET", etag=etag, last_modified=modified, allow_loopback=allow_loopback)
    except CaptureError as cause:
        return Look(None, reason=str(cause))
    if got.status == _NOT_MODIFIED and known:
        return known
    if got.status in _REFUSED:
        return Look(LinkState.REFUSED, status=got.status)
    if got.status not in _SUCCESS:
        return Look(None, status=got.status, reason=f"the server answered {got.status}")
    etag, modified = _validators(got)
    state = _state(url, got, holds)
    target = got.final_url if state is LinkState.MOVED else None
    return Look(state, target, got.status, etag, modified)


def _state(url: str, got: Fetched, holds: Callable[[PageText], bool] | None) -> LinkState:
    snapshot = Snapshot(url, got.body, got.header("content-type"))
    if holds and got.is_textual and holds(snapshot.page):
        pass  # the words are there, so this is the page, whatever it is called
    elif _leads_home(url, got.final_url) or (got.is_textual and _says_not_found(snapshot)):
        return LinkState.SOFT_404
    elif holds:
        return LinkState.DRIFTED
    moved = bool(got.moves) and got.moves[0][0] in _GONE_FOR_GOOD
    return LinkState.MOVED if moved and same_page_key(got.final_url) != same_page_key(url) else LinkState.LIVE


def _leads_home(url: str, final_url: str) -> bool:
    return bool(urlsplit(url).path.strip("/")) and not urlsplit(final_url).path.strip("/")


def _says_not_found(snapshot: Snapshot) -> bool:
    tree = parse_page(snapshot.markup)
    headings = [tree.findtext(".//title") or "", *("".join(h.itertext()) for h in tree.iter("h1"))]
    return any(map(_NOT_FOUND.search, headings)) and measure(snapshot.prose).weight < _MOST_WORDS


def _validators(got: Fetched) -> tuple[str, str]:
    """ETag and Last-Modified; of a page changed so lately that it may change unnoticed (RFC 9110, 8.8.2.2), none."""
    etag, modified = got.header("etag"), got.header("last-modified")
    try:
        age = parsedate_to_datetime(got.header("date")) - parsedate_to_datetime(modified)
    except (ValueError, TypeError):
        return etag, ""
    return (etag, modified) if age >= _SETTLED else ("", "")
