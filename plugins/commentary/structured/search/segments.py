"""
Segments: so many posts with their terms, in groups by hash; what index files are put together from.

A finished segment changes only if one of its posts does, so it is kept in the cache, where damage means no more
than making it again.
"""

from __future__ import annotations

import hashlib
import marshal
from collections import defaultdict
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from commentary.structured.search.shape import GROUPS, hash_of
from commentary.structured.search.terms import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SEGMENT = 256  # posts: a place in a segment is one byte

Terms = tuple["Iterable[str]", "Iterable[str]"]  # of a post's title, and of all of it


class Segment:
    """The posts from `first` on; `groups`: for each group marshalled `(term, posts, posts with it in the title)`."""

    def __init__(self, first: int, groups: list[bytes]) -> None:
        self.first = first
        self.groups = groups

    @classmethod
    def of(cls, first: int, posts: Iterable[Terms]) -> Segment:
        """Sort the terms of posts into groups."""
        titled: defaultdict[str, bytearray] = defaultdict(bytearray)
        found: defaultdict[str, bytearray] = defaultdict(bytearray)
        for place, (title, text) in enumerate(posts):
            for term in title:
                titled[term].append(place)
            for term in text:
                found[term].append(place)
        groups: list[list[tuple[str, bytes, bytes]]] = [[] for _ in range(GROUPS)]
        for term, places in found.items():
            entry = (term, bytes(places), bytes(titled[term]) if term in titled else b"")
            groups[hash_of(key_of(term)) % GROUPS].append(entry)
        # Version 2 of the format has no references, so that equal groups are equal bytes.
        return cls(first, [marshal.dumps(sorted(group), 2) for group in groups])

    @cached_property
    def digests(self) -> list[bytes]:
        """A digest of each group."""
        return [hashlib.sha256(group).digest() for group in self.groups]

    def entries(self, group: int, cover: range) -> Iterator[tuple[str, list[int], list[int]]]:
        """The terms of a group: of these posts, those it stands in, and those with it in the title."""
        first, start, stop = self.first, cover.start - self.first, cover.stop - self.first
        for term, found, titled in marshal.loads(self.groups[group]):  # noqa: S302 - `of` made it
            posts = [first + place for place in found if start <= place < stop]
            if posts:
                yield term, posts, [first + place for place in titled if start <= place < stop]


def read_segment(path: Path, first: int) -> Segment | None:
    """The segment kept in a file, or None if there is none that can be trusted."""
    try:
        content = path.read_bytes()
        if hashlib.sha256(content[32:]).digest() == content[:32]:
            return Segment(first, marshal.loads(content[32:]))  # noqa: S302 - we kept it, and it is whole
    except (OSError, ValueError, EOFError, TypeError):
        pass
    return None


def drop_segments(folder: Path, kept: Iterable[Path]) -> None:
    """Remove from the cache what is no segment of this index any more."""
    with suppress(OSError):
        for path in {*folder.iterdir()}.difference(kept):
            path.unlink()


def keep_segment(path: Path, segment: Segment) -> None:
    """Keep a segment in a file, whole or not at all; a cache that cannot be written is done without."""
    content = marshal.dumps(segment.groups, 2)
    part = path.with_suffix(".part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(hashlib.sha256(content).digest() + content)
        part.replace(path)
