"""Look at every address that posts give, and record what has become of it."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from commentary.errors import CommentaryError
from commentary.files import replace_file
from commentary.findings import count
from commentary.ledger import Link, LinkState
from commentary.ledger.failures import DAYS, read_failures, write_failures
from commentary.quotation.match import verify
from commentary.snapshots.links import Look, look
from commentary.standing import judged
from commentary.urls import host_of
from commentary.work.progress import unseen
from commentary.work.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from commentary.model import Excerpt, Post
    from commentary.quotation.page_text import PageText
    from commentary.reading.load import Loaded
    from commentary.settings import Settings
    from commentary.work.choose import Chosen
    from commentary.work.progress import Progress

HOSTS_AT_ONCE = 8  # each of them asked one thing at a time

_KEPT = "links.json"
_LOOKS = TypeAdapter(dict[str, Look])


@dataclass(frozen=True, slots=True)
class Address:
    """An address that posts give: who gives it, and what they quote of what we fetched there."""

    url: str
    posts: tuple[str, ...]  # paths
    excerpts: tuple[Excerpt, ...]

    def holds(self, page: PageText) -> bool:
        """Whether the page has every word quoted of it."""
        return all(verify(e.original or e.paragraphs, page).verdict.stands for e in self.excerpts)


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What is to be said of an address."""

    url: str
    state: str  # of the look just taken; "failing" before the third day
    target: str | None
    status: int | None
    failures: int  # days
    reason: str | None
    posts: tuple[str, ...]


def check_links(
    settings: Settings,
    chosen: Chosen,
    *,
    now: datetime,
    progress: Progress = unseen,
) -> list[LinkReport]:
    """Look at the addresses of these posts, one request a host at a time, and record their states.

    A run that is interrupted goes on where it stopped if it is started again on the same day. CommentaryError if a
    name is no post's, or if nobody answers at all.
    """
    read_failures(settings.content, settings.root)  # that they can be read is to be known before all that traffic
    addresses = _addresses(chosen.loaded, chosen.posts)
    journal = _Journal(settings.cache / f"links-{now.date().isoformat()}.jsonl")
    _look_at_all(settings, addresses, journal, progress)
    failures = read_failures(settings.content, settings.root)
    reports, facts = [], []
    for address in addresses:
        seen = journal.looks[address.url]
        state, days = _judged(seen, failures.pop(address.url, []), now.date())
        if days:
            failures[address.url] = days
        if state:
            facts.append(Link(url=address.url, at=now, state=state, target=seen.target))
        shown = str(state or seen.state or "failing")
        reports.append(LinkReport(address.url, shown, seen.target, seen.status, len(days), seen.reason, address.posts))
    given = {address.url for address in addresses}
    record(settings, facts)
    cited = {url: days for url, days in failures.items() if url in given} if chosen.is_whole else failures
    write_failures(settings.content, cited)
    _keep_looks(settings, journal.looks)
    journal.drop()
    return reports


def _judged(seen: Look, days: list[date], today: date) -> tuple[LinkState | None, list[date]]:
    """The state to record of an address, None while a failure may still pass; and the days on which it failed."""
    if seen.state not in (None, LinkState.SOFT_404):
        return seen.state, []
    days = [*days, *([today] if today not in days else [])][:DAYS]
    return (seen.state or LinkState.DEAD) if len(days) == DAYS else None, days


def _addresses(loaded: Loaded, posts: Sequence[Post]) -> list[Address]:
    quoting: defaultdict[str, list[Post]] = defaultdict(list)
    excerpts: defaultdict[str, list[Excerpt]] = defaultdict(list)
    for post in posts:
        for source in (*post.sources, *post.related):
            if source.url:
                quoting[source.url].append(post)
        for excerpt in post.excerpts:
            source_of = post.source_of(excerpt)
            known = loaded.ledger.of_source(source_of)
            judgement = judged(excerpt, known)
            # What a supplied copy holds, such as a page behind a paywall, we could never fetch.
            if source_of and source_of.url and judgement and known.copy and known.copy.how == "fetched":
                excerpts[source_of.url].append(excerpt)
    return [
        Address(url, tuple(dict.fromkeys(post.path for post in of_url)), tuple(excerpts[url]))
        for url, of_url in quoting.items()
    ]


def _look_at_all(
    settings: Settings,
    addresses: list[Address],
    journal: _Journal,
    progress: Progress,
) -> None:
    """Look at the addresses that the journal does not know yet. CommentaryError: nobody answers."""
    before = _read_looks(settings)
    hosts: defaultdict[str, list[Address]] = defaultdict(list)
    for address in addresses:
        if address.url not in journal.looks:
            hosts[host_of(address.url)].append(address)
    stopped = threading.Event()

    def visit(of_host: list[Address]) -> None:
        for address in of_host:
            if stopped.is_set():
                return
            found = look(
                address.url,
                holds=address.holds if address.excerpts else None,
                before=before.get(address.url),
                allow_loopback=settings.allow_loopback,
            )
            journal.add(address.url, found)

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        try:
            visits = [pool.submit(visit, of_host) for of_host in hosts.values()]
            for done in progress(as_completed(visits), len(visits)):
                done.result()
        except BaseException:
            stopped.set()
            raise
    looks = journal.looks
    if looks and not any(found.state or found.status for found in looks.values()):
        # Those who are offline know nothing of others, and readers must not be told so.
        journal.drop()
        asked = count(len({host_of(url) for url in looks}), "host")
        way = "check that you are online, and run it again: nothing is recorded"
        raise CommentaryError(f"nobody answered, of {asked}; {way}")


def _keep_looks(settings: Settings, looks: dict[str, Look]) -> None:
    """For the next run; what cannot be kept is looked at again anyway."""
    with suppress(OSError):
        replace_file(settings.cache / _KEPT, _LOOKS.dump_json(_read_looks(settings) | looks))


def _read_looks(settings: Settings) -> dict[str, Look]:
    try:
        return _LOOKS.validate_json((settings.cache / _KEPT).read_bytes())
    except (OSError, ValidationError):
        return {}


class _Journal:
    """The looks of a day as they are taken, so that a run which is interrupted goes on where it stopped.

    It is dropped at the end, so that the next run of the same day looks again.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()
        self.looks: dict[str, Look] = {}  # by address
        try:
            for line in file.read_text("utf-8").splitlines():
                self.looks |= _LOOKS.validate_json(line)
        except (OSError, ValueError):  # none, or torn at its end
            pass

    def add(self, url: str, found: Look) -> None:
        """Keep a look; any thread may."""
        with self._lock, suppress(OSError):  # a cache is only ever a saving
            self.looks[url] = found
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({url: asdict(found)}) + "\n")

    def drop(self) -> None:
        """Remove the file; what was looked at stays known to this run."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
