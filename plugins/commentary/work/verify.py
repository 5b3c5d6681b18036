"""Verify excerpts against copies of their sources, and record the verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commentary.errors import CaptureError
from commentary.ledger import Known
from commentary.quotation.verdict import Verdict, Verification
from commentary.snapshots.judging import can_be_judged, judge
from commentary.snapshots.store import Snapshot, find
from commentary.snapshots.taking import Copy, fetch_copy, read_copy
from commentary.standing import judged
from commentary.work.progress import unseen
from commentary.work.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from commentary.ledger import Judgement, Ledger
    from commentary.ledger.known import AnyFact
    from commentary.model import Excerpt, Post, Source
    from commentary.settings import Settings
    from commentary.work.choose import Chosen
    from commentary.work.progress import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of verifying one excerpt."""

    post: Post
    excerpt: Excerpt
    source: Source | None
    judgement: Judgement | None = None  # None: unchecked
    verification: Verification | None = None  # None: unchecked, or an earlier verdict still holds
    note: str | None = None  # why it is unchecked, or why the copy is not newer
    out_of_reach: bool = False  # its source was asked for, and could not be fetched

    @property
    def verdict(self) -> Verdict:
        """The verdict that now holds."""
        return Verdict(self.judgement.verdict) if self.judgement else Verdict.UNCHECKED

    @property
    def failed(self) -> bool:
        """Whether the excerpt is not what its source says."""
        return self.verdict in (Verdict.ALTERED, Verdict.MISSING)


class Verifier:
    """Verifies posts one after the other; what it learns is in `facts`, for whoever calls it to record."""

    def __init__(self, settings: Settings, ledger: Ledger, *, now: datetime, refresh: bool = False) -> None:
        self.settings = settings
        self._known = dict(ledger.sources)
        self.now = now
        self.refresh = refresh
        self.facts: list[AnyFact] = []
        self._last: tuple[str, Snapshot | None, str | None] | None = None  # of the source looked at last

    def supply(self, copy: Copy) -> Snapshot:
        """Keep a copy and take it for the source from now on."""
        self._learn(copy.keep(self.settings.snapshots, at=self.now))
        self._last = (copy.snapshot.url, copy.snapshot, None)
        return copy.snapshot

    def verify(self, post: Post) -> Iterator[Outcome]:
        """An outcome for each excerpt of a post."""
        for excerpt in post.excerpts:
            source = post.source_of(excerpt)
            if source is None or not source.url:
                note = "the source has no address" if source else "the source is not recorded"
                yield Outcome(post=post, excerpt=excerpt, source=source, note=note)
            elif not can_be_judged(excerpt, source):
                note = "it is a translation; give the source's own words beside it, with {: .original }"
                yield Outcome(post=post, excerpt=excerpt, source=source, note=note)
            else:
                yield self._verify(post, excerpt, source, source.url)

    def _verify(self, post: Post, excerpt: Excerpt, source: Source, url: str) -> Outcome:
        holds = judged(excerpt, self._known.get(url, Known()))
        snapshot, note = self._snapshot(url, needed=not holds)
        if snapshot is None:
            missed = holds is None
            return Outcome(post=post, excerpt=excerpt, source=source, judgement=holds, note=note, out_of_reach=missed)
        result = judge(excerpt, snapshot, at=self.now)
        self._learn(result.judgement)
        judgement = self._known[url].judgements[result.judgement.excerpt]  # the earlier one, if it says the same
        return Outcome(
            post=post,
            excerpt=excerpt,
            source=source,
            judgement=judgement,
            verification=result.verification,
            note=note,
        )

    def _snapshot(self, url: str, *, needed: bool) -> tuple[Snapshot | None, str | None]:
        """The copy to verify against, fetched if it is asked for or needed; else the reason why there is none."""
        if self._last and self._last[0] == url and (self._last[1] or not needed):
            return self._last[1:]
        latest = self._known.get(url, Known()).copy
        held = find(self.settings.snapshots, url, latest.sha256) if latest else None
        note = None
        if self.refresh and held and latest and latest.how == "supplied":
            note = "the copy is one that you supplied; give a newer one with --copy"  # what we fetched before was worse
        elif self.refresh or (needed and not held):
            try:
                copy = fetch_copy(url, allow_loopback=self.settings.allow_loopback)
            except CaptureError as cause:
                note = str(cause)
            else:
                if held is None or copy.snapshot.page.text != held.page.text:
                    held = self.supply(copy)
        self._last = (url, held, note)
        return held, note

    def _learn(self, fact: AnyFact) -> None:
        self.facts.append(fact)
        self._known[fact.url] = self._known.get(fact.url, Known()).learning(fact)


def verify_posts(
    settings: Settings,
    chosen: Chosen,
    *,
    now: datetime,
    refresh: bool = False,
    copy: Path | None = None,
    progress: Progress = unseen,
) -> list[Outcome]:
    """Verify every excerpt of these posts and record what is new.

    `copy`: a page that the author saved, of the one source of the one post chosen.
    """
    posts = chosen.posts
    verifier = Verifier(settings, chosen.loaded.ledger, now=now, refresh=refresh)
    if copy:
        verifier.supply(read_copy(copy, _only_source(posts)))
    outcomes: list[Outcome] = []
    try:
        for post in progress(posts, len(posts)):
            outcomes += verifier.verify(post)
    finally:  # what is known when it is interrupted is not lost
        record(settings, verifier.facts, posts=chosen.loaded.posts if chosen.is_whole else None)
    return outcomes


def _only_source(posts: Sequence[Post]) -> str:
    urls = {source.url for post in posts for source in post.sources if source.url}
    if len(posts) != 1 or len(urls) != 1:
        raise CaptureError("--copy", f"it is of one source, and these posts have {len(urls)}; name one post")
    return urls.pop()
