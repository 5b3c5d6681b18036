"""One build at a time in one folder: a lock that names its holder and is gone when the holder is."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from commentary.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: builds are not held apart there
    fcntl = None  # type: ignore[assignment]

HOLDER = "holder"  # a file beside those that are being written, for whoever comes second


@contextlib.contextmanager
def only_one(folder: Path, stage: Path) -> Iterator[None]:
    """Hold a folder that exists for this process. OutputError names the process that holds it already.

    The kernel holds the lock on the folder itself and lets go when a process ends, however it ends; so a killed
    build needs no cleaning up, and the lock leaves no file behind. `stage` is where the holder may write its name.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(f"{folder} is being written by {_holder(stage)}; wait until that is done") from None
        except OSError:  # a file system that knows no locks
            pass
        yield
    finally:
        os.close(handle)


def sign(stage: Path) -> None:
    """Write the name of this process where `only_one` looks for it."""
    (stage / HOLDER).write_text(f"{os.getpid()}\n")


def _holder(stage: Path) -> str:
    try:
        return f"process {int((stage / HOLDER).read_text())}"
    except (OSError, ValueError):
        return "another process"
