"""
Segments: so many posts with their terms, in groups by hash; what index files are put together from.

They are kept in the cache, where damage means no more than making them again. A post that changed is
taken out of its segment and put in again, so no text is read that was read before.
"""

from __future__ import annotations

import hashlib
import marshal
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from commentary.caching import keep, read_kept
from commentary.forks import spread
from commentary.structured.search.shape import GROUPS, hash_of
from commentary.structured.search.terms import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

SEGMENT = 256  # posts: a place in a segment is one byte

Terms = tuple["Iterable[str]", "Iterable[str]"]  # of a post's title, and of all of it
_Entry = tuple[str, bytes, bytes]  # a term, the places that have it, and those that have it in the title
_PLACES = bytes(range(SEGMENT))
_NONE = marshal.dumps([], 2)


class Segment(NamedTuple):
    """The posts from `first` on, by name, and what they are found by: for each group its entries, marshalled."""

    first: int
    names: tuple[str, ...]
    groups: list[bytes]

    def changed(self, first: int, names: tuple[str, ...], terms_of: Callable[[int], Terms]) -> Segment:
        """The segment of other posts; `terms_of` gives those of a post that this one has not, by its place."""
        place_of = {name: place for place, name in enumerate(names)}
        moves = {place: place_of[name] for place, name in enumerate(self.names) if name in place_of}
        groups = self.groups
        if [*moves] != [*moves.values()] or len(moves) < len(self.names):
            gone = bytes(set(_PLACES).difference(moves))
            moved = bytes(moves.get(place, 0) for place in _PLACES)
            groups = [_packed(_translated(group, moved, gone)) for group in groups]
        new = set(range(len(names))).difference(moves.values())
        return Segment(first, names, _with(groups, {place: terms_of(place) for place in sorted(new)}))

    def digest(self, group: int, cover: range) -> bytes:
        """A hash of what these posts have of a group; empty: nothing."""
        part = self.groups[group]
        if not self._is_within(cover):
            part = _packed(self.entries(group, cover))
        return hashlib.sha256(part).digest() if part != _NONE else b""

    def entries(self, group: int, cover: range) -> list[_Entry]:
        """The entries of a group, of these posts alone."""
        if self._is_within(cover):
            return _entries(self.groups[group])
        start, stop = max(0, cover.start - self.first), cover.stop - self.first
        return _translated(self.groups[group], None, _PLACES[:start] + _PLACES[stop:])

    def _is_within(self, cover: range) -> bool:
        return cover.start <= self.first and self.first + len(self.names) <= cover.stop


class Segments:
    """The segments of these posts, each made or read when it is asked for. `folder`: where they are kept, if at all."""

    def __init__(self, names: Sequence[str], terms_of: Callable[[int], Terms], folder: Path | None) -> None:
        self._names = names
        self._terms_of = terms_of
        self._folder = folder
        self._known: dict[int, Segment] = {}

    def within(self, cover: range) -> list[Segment]:
        """Those that hold any of these posts."""
        return [self._at(number) for number in range(cover.start // SEGMENT, -(-cover.stop // SEGMENT))]

    def make(self, jobs: int) -> None:
        """Make all of a new index, by so many processes; from then on they are in the folder."""
        if self._folder and not self._folder.is_dir():
            for _ in spread(
                lambda number: self._at(number) and None, range(-(-len(self._names) // SEGMENT)), jobs, least=2
            ):
                pass

    def _at(self, number: int) -> Segment:
        known = self._known.get(number)
        if not known:
            first = number * SEGMENT
            names = tuple(self._names[first : first + SEGMENT])
            known = self._kept(number)
            if (known.first, known.names) != (first, names):
                known = known.changed(first, names, lambda place: self._terms_of(first + place))
                if self._folder:
                    keep(self._folder / str(number), tuple(known))
            self._known[number] = known
        return known

    def _kept(self, number: int) -> Segment:
        kept = read_kept(self._folder / str(number)).value if self._folder else None
        return Segment(*kept) if kept else Segment(0, (), [_NONE] * GROUPS)


def _with(groups: list[bytes], posts: dict[int, Terms]) -> list[bytes]:
    """The groups with the terms of more posts in them."""
    titled: defaultdict[str, bytearray] = defaultdict(bytearray)
    found: defaultdict[str, bytearray] = defaultdict(bytearray)
    for place, (title, text) in posts.items():
        for term in title:
            titled[term].append(place)
        for term in text:
            found[term].append(place)
    added: defaultdict[int, list[str]] = defaultdict(list)
    for term in found:
        added[hash_of(key_of(term)) % GROUPS].append(term)
    changed = [*groups]
    for number, terms in added.items():
        entries = {entry[0]: entry for entry in _entries(groups[number])}
        for term in terms:
            places, in_title = bytes(found[term]), bytes(titled[term]) if term in titled else b""
            if before := entries.get(term):
                places, in_title = bytes(sorted(before[1] + places)), bytes(sorted(before[2] + in_title))
            entries[term] = term, places, in_title
        changed[number] = _packed(sorted(entries.values()))
    return changed


def _translated(group: bytes, table: bytes | None, gone: bytes) -> list[_Entry]:
    """The entries of a group with their places moved, less those that are gone."""
    entries = []
    for term, places, in_title in _entries(group):
        if left := places.translate(table, gone):
            titled = in_title.translate(table, gone)
            entries.append((term, bytes(sorted(left)), bytes(sorted(titled))) if table else (term, left, titled))
    return entries


def _entries(group: bytes) -> list[_Entry]:
    entries: list[_Entry] = marshal.loads(group)  # noqa: S302 - `_packed` made it
    return entries


def _packed(entries: list[_Entry]) -> bytes:
    return marshal.dumps(entries, 2)  # version 2 has no references, so that equal entries are equal bytes
