"""Keep copies of sources, and ask a web archive for copies of its own."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from commentary.errors import CaptureError
from commentary.ledger import Known, Memento
from commentary.snapshots.store import find
from commentary.snapshots.taking import fetch_copy
from commentary.snapshots.wayback import archive
from commentary.work.progress import unseen
from commentary.work.record import record

if TYPE_CHECKING:
    from datetime import datetime

    from commentary.ledger.known import AnyFact
    from commentary.settings import Settings
    from commentary.work.choose import Chosen
    from commentary.work.progress import Progress


@dataclass(frozen=True, slots=True)
class SourceCopies:
    """Which copies of a source there are now."""

    url: str
    copy: str | None  # how it was taken: fetched or supplied; None: there is none
    memento: str | None
    note: str | None  # why something is missing


def snapshot_posts(
    settings: Settings,
    chosen: Chosen,
    *,
    now: datetime,
    with_archive: bool = False,
    progress: Progress = unseen,
) -> list[SourceCopies]:
    """Save what is missing of the sources of these posts, and record it.

    `with_archive`: ask the web archive, too, for sources of which no memento is known.
    """
    given = {s.url: s.memento for post in chosen.posts for s in post.sources if s.url}
    facts: list[AnyFact] = []
    kept: list[SourceCopies] = []
    try:
        for url in progress(given, len(given)):
            known = chosen.loaded.ledger.sources.get(url, Known())
            copy, notes = known.copy, []
            if not copy or not find(settings.snapshots, url, copy.sha256):
                try:
                    copy = fetch_copy(url, allow_loopback=settings.allow_loopback).keep(settings.snapshots, at=now)
                    facts.append(copy)
                except CaptureError as cause:
                    notes.append(str(cause))
            memento = given[url] or (known.memento.uri if known.memento else None)
            if with_archive and not memento:
                try:
                    made = ask_archive(settings, url)
                    facts.append(made)
                    memento = made.uri
                except CaptureError as cause:
                    notes.append(str(cause))
            kept.append(SourceCopies(url, copy.how if copy else None, memento, "; ".join(notes) or None))
    finally:  # what is known when it is interrupted is not lost
        record(settings, facts)
    return kept


def _is_private(url: str) -> bool:
    """Whether the host is named as one of this machine or its network."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal"))


def ask_archive(settings: Settings, url: str) -> Memento:
    """A copy at the web archive of the settings. CaptureError if it makes none, or could not reach the page."""
    if _is_private(url) and not _is_private(settings.wayback):
        raise CaptureError(
            url, "it is a page of this network, which no web archive can reach; the address was not sent"
        )
    return archive(url, base=settings.wayback, allow_loopback=settings.allow_loopback)
