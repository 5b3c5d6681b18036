"""What the last build left in a folder: each file's key, hash and status, so that the next renders only what changed."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from commentary.caching import Mark, is_marked, mark
from commentary.forks import Aside
from commentary.publishing.manifest import content_hash
from commentary.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the output folder: paths below it."""

    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


# One file as a build left it: the key of the page that it was rendered from, the hash of its content, its mark.
Left = tuple[str, str, Mark]
NO_MARK = (0, 0, 0)  # of what is not yet in its place


class LastBuild:
    """What is known of the files of one output folder. `file`: where that is kept; None: nothing is known, or kept."""

    def __init__(self, file: Path | None = None) -> None:
        self._table = Table(file) if file else None
        self.known: Mapping[str, Left] = self._table.rows if self._table else {}
        self.note = self._table.note if self._table else None
        self._changed: Aside[list[str]] | None = None

    def look(self, output: Path) -> None:
        """Begin to compare thousands of files with what is known of them, in another process: the result is needed last."""
        if self.known:
            self._changed = Aside(partial(self._that_changed, output))

    def _that_changed(self, output: Path) -> list[str]:
        """Paths of files that are not certain to be as they were left."""
        folder = f"{output}/"
        return [path for path, (_, _, mark_) in self.known.items() if not _is_as_left(folder + path, mark_)]

    def hashes(self, manifest: bytes) -> dict[str, str] | None:
        """Path -> content hash of every file, if this is the manifest that the last build wrote; None: it is another."""
        if not self._table or self._table.header != content_hash(manifest):
            self._changed = None  # it is of no use: another build came between
            return None
        return {path: digest for path, (_, digest, _) in self.known.items()}

    def left(self, output: Path, keys: Iterable[tuple[str, str]]) -> dict[str, Left]:
        """The files that certainly hold what their pages would be rendered to. `keys`: of pages, each with its path."""
        known, folder = self.known.get, f"{output}/"
        doubtful = {*self._changed.result()} if self._changed else None  # None: all are
        self._changed = None
        found: dict[str, Left] = {}
        for path, key in keys:
            there = known(path)
            if there and there[0] == key:
                if doubtful is not None and path not in doubtful:
                    found[path] = there
                elif again := _again(folder + path, there):
                    found[path] = again
        return found

    def standing(self, output: Path) -> int:
        """How many files there are, if each is certain to hold what it did; else 0."""
        found = self.left(output, ((path, left[0]) for path, left in self.known.items()))
        if len(found) < len(self.known):
            return 0
        if self._table:
            self._table.keep(found, self._table.header)  # what was young is known by its mark from now on
        return len(found)

    def keep(self, files: Mapping[str, Left], manifest: bytes) -> None:
        """Remember the files, and the manifest that names them, for the next build."""
        if self._table:
            self._table.keep(files, content_hash(manifest))


def file_of(cache: Path, output: Path) -> Path:
    """Where a cache keeps what is known of an output folder."""
    return cache / "builds" / hashlib.sha256(os.fsencode(output.resolve())).hexdigest()[:20]


def left(target: str, key: str, digest: str) -> Left:
    """A file that was just written, or found to hold what it should."""
    return key, digest, mark(os.lstat(target), time.time_ns())


def _is_as_left(target: str, known: Mark) -> bool:
    try:
        status = os.lstat(target)
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and is_marked(status, known)


def _again(target: str, known: Left) -> Left | None:
    """A file that may have changed, if it holds what it did."""
    key, digest, mark_ = known
    try:
        status = os.lstat(target)
        if not stat.S_ISREG(status.st_mode):
            return None
        if is_marked(status, mark_):
            return known
        now = time.time_ns()
        is_same = status.st_size == mark_[0] and content_hash(Path(target).read_bytes()) == digest
    except OSError:
        return None
    return (key, digest, mark(status, now)) if is_same else None
