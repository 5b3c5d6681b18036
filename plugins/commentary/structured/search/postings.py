"""The index's files of terms: which posts each term stands in, put together from segments when they are asked for."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from commentary.caching import keep, read_kept
from commentary.structured.search.numbers import ascending
from commentary.structured.search.segments import Segments
from commentary.structured.search.shape import LEVELS, coverage, groups_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from commentary.structured.search.segments import Terms


class Shape(NamedTuple):
    """What a file of terms holds: of these posts, these groups of terms."""

    cover: range
    groups: range


class Postings:
    """The files of terms of these posts, oldest first; `terms_of` gives those of a post by its number."""

    def __init__(self, names: list[str], terms_of: Callable[[int], Terms], folder: Path | None) -> None:
        self._names = names
        self._folder = folder
        self._segments = Segments(names, terms_of, folder)

    def make(self, jobs: int) -> None:
        """Make an index that is new by so many processes, rather than when it is asked for."""
        self._segments.make(jobs)

    @cached_property
    def files(self) -> dict[str, Shape]:
        """Every file, by its name."""
        count = len(self._names)
        files = {}
        for level, shape in enumerate(LEVELS):
            number_of_files = shape.files(count)
            for number in range(number_of_files):
                if cover := coverage(level, number, count):
                    files[f"terms/{level}-{number}.json"] = Shape(cover, groups_of(number, number_of_files))
        return files

    def found(self, name: str) -> Iterator[tuple[str, str | tuple[str, str]]]:
        """Each term of a file: the posts it stands in, and if there are any, those with it in the title."""
        cover, groups = self.files[name]
        segments = self._segments.within(cover)
        for group in groups:
            found: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
            for segment in segments:
                number_of = segment.first.__add__
                for term, places, titled in segment.entries(group, cover):
                    entry = found[term]
                    entry[0].extend(map(number_of, places))
                    entry[1].extend(map(number_of, titled))
            for term, (posts, in_title) in sorted(found.items()):
                yield term, (ascending(posts), ascending(in_title)) if in_title else ascending(posts)

    def digests(self) -> dict[str, str]:
        """By each file's name a hash of what it holds. What the last index knew of the same posts is not asked again."""
        file = self._folder and self._folder / "index"
        kept: tuple[list[str], dict[str, tuple[tuple[int, ...], str]]] = (file and read_kept(file).value) or ([], {})
        names, known = kept
        others = [at for at, (before, now) in enumerate(zip(names, self._names, strict=False)) if before != now]
        after = {}
        for name, (cover, groups) in self.files.items():
            shape = (cover.start, cover.stop, len(groups))
            before, digest = known.get(name, ((), ""))
            is_same = before == shape and bisect_left(others, cover.start) == bisect_left(others, cover.stop)
            after[name] = (shape, digest if is_same else self._digest(cover, groups))
        if file and kept != (self._names, after):
            keep(file, (self._names, after))
        return {name: digest for name, (_, digest) in after.items()}

    def _digest(self, cover: range, groups: range) -> str:
        digest = hashlib.sha256()
        segments = self._segments.within(cover)
        for group in groups:
            for segment in segments:
                if part := segment.digest(group, cover):
                    digest.update(b"%d " % segment.first + part)
        return digest.hexdigest()
