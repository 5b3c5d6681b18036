"""A large mapping of plain data, kept so that a small change of it costs little."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from commentary.caching import keep, read_kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LEAST = 64  # rows that may always have changed since the whole was written
_SHARE = 16  # one row of so many may have


class Table:
    """Rows by key, in two files: the whole as it once was, and beside it what has changed since, and the `header`.

    As with all that is kept, a file that is missing, damaged or foreign means that nothing is known.
    """

    def __init__(self, file: Path) -> None:
        self._file, self._later = file, file.with_name(f"{file.name}.changes")
        self._read()

    def _read(self) -> None:
        self._seen = self._statuses()
        whole, later = read_kept(self._file), read_kept(self._later)
        self.note = whole.note or later.note
        self.rows: dict[str, Any] = {}
        self.header: Any = None  # what was last kept beside the rows
        self._name = ""  # of the whole, so that changes of another are not taken for its own
        self._others: set[str] = set()  # keys of rows that are not as in the whole
        if whole.value and later.value and whole.value[0] == later.value[0]:
            self._name, self.rows = whole.value
            _, self.header, changed, gone = later.value
            self._others = {*changed, *gone}
            self.rows.update(changed)
            for key in gone:
                self.rows.pop(key, None)  # it may have come after the whole

    def again(self) -> None:
        """Read the files again if somebody else has replaced them."""
        if self._statuses() != self._seen:
            self._read()

    def _statuses(self) -> list[tuple[int, int, int] | None]:
        """What tells the files from those that replace them: these are new ones."""
        return [_status(file) for file in (self._file, self._later)]

    def keep(self, rows: Mapping[str, Any], header: Any) -> None:
        """Let the next reader know these rows; those that stayed should be the very same objects."""
        before = self.rows
        if header == self.header and rows == before:
            return
        others = (
            self._others | {key for key, row in rows.items() if before.get(key) is not row} | (before.keys() - rows)
        )
        if not self._name or len(others) > max(_LEAST, len(rows) // _SHARE):
            self._name, others = f"{time.time_ns():x}", set()
            keep(self._file, (self._name, dict(rows)))
        changed = {key: rows[key] for key in others if key in rows}
        keep(self._later, (self._name, header, changed, [key for key in others if key not in rows]))
        self.rows, self.header, self._others, self.note = dict(rows), header, others, None
        self._seen = self._statuses()


def _status(file: Path) -> tuple[int, int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino
