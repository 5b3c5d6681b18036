"""Feeds whose every field is set, one of them changed by a test."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commentary.feeds.entry import Entry, Feed
from commentary.ledger import Judgement, Ledger, Memento, Retrieval, excerpt_hash
from commentary.quotation.verdict import MATCHER_VERSION
from commentary.views import Link
from tests.factories import ZONE, make_excerpt, make_source

POSTED = datetime(2025, 4, 30, 9, tzinfo=ZONE)
CORRECTED = datetime(2025, 5, 1, 15, tzinfo=ZONE)


def make_entry(**changes: Any) -> Entry:
    """An entry of a post that quotes one source."""
    fields: dict[str, Any] = {
        "id": "tag:remarks.example,2025-04-30:/2025/04/30/tariff-pause/",
        "title": "The tariff pause is only a pause",
        "lang": "en",
        "url": "https://remarks.example/2025/04/30/tariff-pause/",
        "source": "https://herald.example/a?b=1&c=2",
        "related": (Link("Ministry pauses tariffs", "https://herald.example/a?b=1&c=2"),),
        "via": (Link("A friend", "https://friend.example/"),),
        "published": POSTED,
        "updated": CORRECTED,
        "author": "Test Editor",
        "topics": (Link("Trade & tariffs", "/topics/trade/"),),
        "summary": "One sentence.",
        "html": "<p>Remark.</p>\n<blockquote><p>“Excerpt.”</p></blockquote>",
    }
    return Entry(**fields | changes)


def make_feed(*entries: Entry, **changes: Any) -> Feed:
    """A feed of one entry, unless others are given; `entries=()` among the changes: of none."""
    fields: dict[str, Any] = {
        "id": "tag:remarks.example,2025:/feed.atom",
        "title": "Test Remarks",
        "subtitle": "News, quoted",
        "url": "https://remarks.example/feed.atom",
        "home": "https://remarks.example/",
        "older": None,
        "current": None,
        "style": "/theme/feed.css",
        "icon": "https://remarks.example/icon.svg",
        "lang": "en",
        "author": "Test Editor",
        "email": "editor@remarks.example",
        "rights": "CC BY 4.0",
        "updated": CORRECTED,
        "entries": entries or (make_entry(),),
    }
    return Feed(**fields | changes)


def verified() -> Ledger:
    """What is known when a valid post's excerpt was found in a copy that we fetched, and the page is archived."""
    about: dict[str, Any] = {"url": make_source().url, "at": datetime(2026, 1, 1, tzinfo=ZONE)}
    copy = Retrieval(**about, how="fetched", sha256="0" * 64, words=400)
    judgement = Judgement(
        **about,
        excerpt=excerpt_hash(make_excerpt()),
        snapshot=copy.sha256,
        matcher=MATCHER_VERSION,
        verdict="verbatim",
        fragment="text=We%20will%20pause",
    )
    return Ledger.of([copy, judgement, Memento(**about, uri="https://archive.example/1")])


# What readers that do not escape have stumbled over.
HOSTILE = (
    "<script>alert(1)</script>",
    "a ]]> b",
    "AT&T &amp; <b>",
    "한국어와 \u202eright to left\u202c",
    "🇰🇷 emoji 👩‍🚀",
    "quotes \" and '",
)
