"""One writer of the ledger at a time; who comes second waits, for it is never long."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: writers are not held apart there
    fcntl = None  # type: ignore[assignment]


@contextlib.contextmanager
def only_writer(content: Path) -> Iterator[None]:
    """Hold the ledger of a content folder from reading it to having written it.

    The lock is on the folder itself, so it leaves no file behind; the kernel lets go when a process ends.
    """
    with contextlib.ExitStack() as stack:
        if fcntl:
            with contextlib.suppress(OSError):  # a file system that knows no locks
                handle = os.open(content, os.O_RDONLY)
                stack.callback(os.close, handle)
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
