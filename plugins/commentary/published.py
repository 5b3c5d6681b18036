"""The register: every address and feed id ever published. What stands in it is never lost and never changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from commentary.urls import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commentary.model import Correction, Post
    from commentary.settings import Site

MANIFEST = ".commentary.json"  # the name in the output of the list of its files: no page may take it
FEED_SINCE = 2025  # the year of our feeds' own tag URIs (RFC 4151): one date for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was published at one address, and since when."""

    kind: str  # "post", "page", "topic", "publication", "story", "list", "feed", "redirect"
    first: str  # the day it was entered: "2025-04-30"
    id: str | None = None  # of a post's feed entry; of a feed, if its path does not make it
    excerpt: str | None = None  # hash of the folded words; None: no post, or it has moved to another address
    remark: str | None = None
    corrections: int = 0  # that readers were told of by then
    updated: str | None = None
    notes: str | None = None  # of these corrections, "KEY=HASH KEY=HASH"; None: none, or only their number is known


@dataclass(frozen=True)
class Register:
    """Address below the site's root -> what was published there."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)  # of the file, for findings

    def id_of(self, post: Post) -> str | None:
        """The feed id that was published at the post's permalink, else at an alias; None: it is new.

        Of several aliases with ids, the one entered first decides, whatever their order in the post.
        """
        if not self.rows:
            return None
        own = self.rows.get(post.permalink)
        if own and own.id:
            return own.id
        known = [(row.first, row.id) for row in map(self.rows.get, post.aliases) if row and row.id]
        return min(known)[1] if known else None

    def ids_of(self, post: Post) -> set[str]:
        """Every id that was published at an address of the post's."""
        rows = (self.rows.get(address) for address in (post.permalink, *post.aliases))
        return {row.id for row in rows if row and row.id}

    def words_of(self, post: Post, id_: str) -> Row | None:
        """The row that knows which words of the post were published last."""
        rows = (self.rows.get(address) for address in (post.permalink, *post.aliases))
        return next((row for row in rows if row and row.excerpt is not None and row.id == id_), None)


def entry_id(post: Post, site: Site, register: Register) -> str:
    """A post's feed id: the author's `id`, else the registered one, else a tag URI (RFC 4151) of the permalink."""
    return post.id or register.id_of(post) or _minted(post, site)


def other_id(post: Post, site: Site, register: Register) -> str | None:
    """A post's feed id, if it is not the one that its permalink makes, which is nothing new to who knows that."""
    known = post.id or register.id_of(post)
    return known if known and known != _minted(post, site) else None


def feed_id(path: str, site: Site) -> str:
    """The id that a feed's own path makes."""
    return f"tag:{site.host},{FEED_SINCE}:{path}"


def correction_key(post: Post, correction: Correction) -> str:
    """What tells a correction from the post's others, in the feed and in the register: its moment.

    The second of one moment has a number.
    """
    same = [c for c in post.corrections if c.date == correction.date]
    number = f".{same.index(correction) + 1}" if same[0] != correction else ""
    return f"{correction.date:%Y%m%dT%H%M}{number}"


def _minted(post: Post, site: Site) -> str:
    return f"tag:{site.host},{date.fromordinal(post.day).isoformat()}:{quoted(post.permalink)}"
