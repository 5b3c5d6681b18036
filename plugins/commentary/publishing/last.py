"""What the last build left in a folder: each file's key, hash and status, so that the next renders only what changed."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from commentary.caching import is_marked, keep, mark, read_kept
from commentary.publishing.manifest import content_hash

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the output folder: paths below it."""

    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


# One file as a build left it: the key of the page that it was rendered from, the hash of its content, its mark.
Left = tuple[str, str, tuple[int, int, int]]
NO_MARK = (0, 0, 0)  # of what is not yet in its place


class LastBuild:
    """What is known of the files of one output folder. `file`: where that is kept; None: nothing is known, or kept."""

    def __init__(self, file: Path | None = None) -> None:
        kept = read_kept(file) if file else None
        self._file = file
        self.known: Mapping[str, Left] = (kept and kept.value) or {}
        self.note = kept.note if kept else None

    def left(self, path: str, key: str, target: str) -> Left | None:
        """The file at `target`, if it is certain to hold what the page of that key would be rendered to."""
        known = self.known.get(path)
        if not known or known[0] != key:
            return None
        try:
            status = os.lstat(target)
            if not stat.S_ISREG(status.st_mode):
                return None
            if is_marked(status, known[2]):
                return known
            now = time.time_ns()
            if status.st_size == known[2][0] and content_hash(Path(target).read_bytes()) == known[1]:
                return key, known[1], mark(status, now).plain
        except OSError:
            pass
        return None

    def standing(self, output: Path) -> int:
        """How many files there are, if each is certainly as it was left; else 0."""
        young: dict[str, Left] = {}  # when they were left; from now on they are known by their marks
        try:
            for path, left in self.known.items():
                target = f"{output}/{path}"
                if not is_marked(os.lstat(target), left[2]):
                    found = None if left[2][1] else self.left(path, left[0], target)
                    if not found:
                        return 0
                    young[path] = found
        except OSError:
            return 0
        if young:
            self.keep({**self.known, **young})
        return len(self.known)

    def keep(self, files: Mapping[str, Left]) -> None:
        """Remember the files for the next build."""
        if self._file and files != self.known:
            keep(self._file, files)


def file_of(cache: Path, output: Path) -> Path:
    """Where a cache keeps what is known of an output folder."""
    return cache / "builds" / hashlib.sha256(os.fsencode(output.resolve())).hexdigest()[:20]


def left(target: str, key: str, digest: str) -> Left:
    """A file that was just written, or found to hold what it should."""
    return key, digest, mark(os.lstat(target), time.time_ns()).plain
