"""What changes in folders, from a moment on at which nobody watched them yet."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import watch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

STEP = 20  # milliseconds without a further change, after which what changed is looked at
DEBOUNCE = 200  # milliseconds that it waits at most for such a pause
LOOK = 1000  # milliseconds, after which it is a turn though nothing has changed


def changes(folders: Collection[Path], since: int, *, deep: bool = True) -> Iterator[set[Path]]:
    """What changed in folders since a moment (in nanoseconds), turn by turn; ends when the author presses Ctrl-C.

    A turn may be empty. `deep`: in the folders within, too. Of files that are gone before the first turn: where they were.
    """
    with suppress(KeyboardInterrupt):  # else watchfiles would write a line of its own
        for seen in watch(
            *folders,
            recursive=deep,
            debounce=DEBOUNCE,
            step=STEP,
            rust_timeout=LOOK,
            yield_on_timeout=True,
        ):
            files = {Path(path) for _, path in seen}
            if since:
                files |= set(_saved(folders, since, deep=deep))
                since = 0
            yield files


def _saved(folders: Collection[Path], since: int, *, deep: bool) -> Iterator[Path]:
    for folder in folders:
        for parent, within, names in os.walk(folder):
            for path in (Path(parent), *(Path(parent, name) for name in names)):
                with suppress(OSError):
                    if path.lstat().st_mtime_ns >= since:
                        yield path
            if not deep:
                within.clear()
