"""What is asked of few posts, in one file beside the index: it only grows, and is written anew when most of it is dead."""

from __future__ import annotations

import os
import time
import weakref
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Place = tuple[int, int, int]  # where it begins, how many bytes it has, and their CRC-32

_SLACK = 1 << 20  # bytes that are not worth tidying up


class Rests:
    """The file of one index, which knows its name. It stays open, so whoever tidies it up takes nothing from us."""

    def __init__(self, folder: Path, name: str | None = None) -> None:
        self._folder = folder
        self._is_new = not name
        self._file: int | None = None
        self._process = 0
        self.name = name or f"rests.{time.time_ns():x}"

    def get(self, place: Place) -> bytes | None:
        """What lies at a place; None: not what was put there."""
        start, length, checksum = place
        try:
            data = os.pread(self._opened(), length, start)
        except OSError:
            return None
        return data if len(data) == length and crc32(data) == checksum else None

    def put(self, data: bytes) -> Place:
        """Keep something. OSError: it cannot be."""
        file = self._opened()
        written = os.write(file, data)
        # Writes that append are whole, one after the other, and leave the position at their own end (POSIX, write).
        return os.lseek(file, 0, os.SEEK_CUR) - written, len(data), crc32(data)

    def _opened(self) -> int:
        if self._file is None or self._process != os.getpid():  # a worker has no files of its parent's
            if self._is_new:
                self._folder.mkdir(parents=True, exist_ok=True)
            flags = os.O_RDWR | os.O_APPEND | (os.O_CREAT if self._is_new else 0)
            self._file, self._process = os.open(self._folder / self.name, flags, 0o644), os.getpid()
            weakref.finalize(self, _close, self._file, self._process)
        return self._file

    def is_mostly_dead(self, places: Iterable[Place]) -> bool:
        """Whether less than half of the file is still of use."""
        live = sum(length for _, length, _ in places)
        try:
            return os.fstat(self._opened()).st_size > 2 * live + _SLACK
        except OSError:
            return False

    def drop_others(self) -> None:
        """Remove the files of former indexes."""
        for file in self._folder.glob("rests.*"):
            if file.name != self.name:
                file.unlink(missing_ok=True)


def _close(file: int, process: int) -> None:
    if process == os.getpid():
        os.close(file)
