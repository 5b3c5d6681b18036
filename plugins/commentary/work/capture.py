"""A page as its source will be quoted: fetched or read from a file, its facts, and how a passage stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from commentary.capture.metadata import PageFacts, read_metadata
from commentary.capture.scaffold import quote
from commentary.errors import CaptureError, CommentaryError
from commentary.fetching import fetch
from commentary.model import Excerpt
from commentary.reading.parts import read_parts
from commentary.snapshots.judging import judge
from commentary.snapshots.store import Snapshot
from commentary.snapshots.taking import Copy, read_copy
from commentary.urls import check_url, host_of

if TYPE_CHECKING:
    from datetime import datetime

    from commentary.settings import Settings
    from commentary.snapshots.judging import Judged
    from commentary.vocabulary import Vocabulary

SHOWN = 6  # words of either end of a passage


@dataclass(frozen=True, slots=True)
class Captured:
    """A page, its copy under the address it will be quoted by, and its facts."""

    facts: PageFacts
    copy: Copy

    @property
    def url(self) -> str:
        """The address that a post should give."""
        return self.copy.snapshot.url

    def judge(self, excerpt: Excerpt, *, at: datetime) -> Judged:
        """How a passage stands in the page."""
        return judge(excerpt, self.copy.snapshot, at=at)

    def surroundings(self, excerpt: Excerpt, *, at: datetime) -> str | None:
        """Where a passage stands, in one line: the words before it, its own first and last, those after; None: nowhere."""
        segments = self.judge(excerpt, at=at).judgement.segments
        if not segments:
            return None
        words = " … ".join(segment.exact for segment in segments).split()
        shown = words if len(words) <= 2 * SHOWN else [*words[:SHOWN], "…", *words[-SHOWN:]]
        return f"…{_line(segments[0].prefix)}«{' '.join(shown)}»{_line(segments[-1].suffix)}…"


def capture(settings: Settings, page: str, *, url: str | None, vocabulary: Vocabulary) -> Captured:
    """The page at an address, or saved in a file and found at `url`. CommentaryError in one line if there is none."""
    if re.match(r"https?:", page, re.IGNORECASE):
        if url:
            raise CommentaryError(
                "--url names the address of a saved page; give either an address or a file with --url"
            )
        got = fetch(_plain(page), allow_loopback=settings.allow_loopback)
        body, kind, headers, asked, found = got.body, got.header("content-type"), got.headers, page, got.final_url
        text = got.text
    else:
        if not url:
            raise CommentaryError(
                f"{page} is taken for a file; give the page's address with --url, or begin with https://"
            )
        asked = found = _checked(url)
        copy = read_copy(Path(page), url)
        body, kind, headers, text = copy.snapshot.body, copy.snapshot.content_type, None, copy.snapshot.markup
    facts = read_metadata(text, url=_plain(found), publications=vocabulary)
    address = facts.canonical if _same_house(facts.canonical, found) else _plain(asked)
    return Captured(facts, Copy(Snapshot(_plain(address), body, kind), headers))


def as_excerpt(passage: str) -> Excerpt:
    """Plain text as the excerpt that a post would hold: elisions and interpolations are marks. CommentaryError if empty."""
    parts, _ = read_parts(f"{quote(passage)}\n", path="", first_line=1, sources=())
    excerpt = next((part for part in parts if isinstance(part, Excerpt)), None)
    if not excerpt:
        raise CommentaryError("the excerpt is empty; give the passage to quote")
    return excerpt


def _same_house(canonical: str, found: str) -> bool:
    """Whether a page may say that its address is another: one of the same host, or of a host above or below it."""
    one, other = host_of(canonical), host_of(found)
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _plain(url: str) -> str:
    """An address without the words that a browser marked."""
    return url.partition(":~:")[0].removesuffix("#") if ":~:" in url else url


def _checked(url: str) -> str:
    try:
        return check_url(url)
    except ValueError as cause:
        raise CaptureError(url, str(cause)) from cause


def _line(text: str) -> str:
    return " ".join(f"|{text}|".split())[1:-1]  # a space at either end stays
