"""Files that are replaced whole, and folders that one process writes at a time."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: processes are not held apart there
    fcntl = None  # type: ignore[assignment]


def replace_file(file: Path, content: bytes, *, durable: bool = False) -> None:
    """Put content in a file's place at once, and make its folder if need be. OSError: what was there stays.

    No reader, no second writer and no crash meets the half of it. `durable`: it lies on the disk before it takes that
    place, for what cannot be made anew.
    """
    temporary = file.with_name(f".{os.getpid()}-{threading.get_ident()}.new")  # nobody else's, and never too long
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with temporary.open("wb") as handle:
            handle.write(content)
            if durable:
                handle.flush()
                os.fsync(handle.fileno())
        temporary.replace(file)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


@contextmanager
def locked(folder: Path, *, wait: bool) -> Iterator[None]:
    """Hold a folder against other processes that lock it. Unless `wait`, BlockingIOError if one of them holds it.

    The lock is on the folder itself, so it leaves no file behind. The kernel lets go when a process ends, however it
    ends, so a killed one needs no cleaning up.
    """
    with ExitStack() as stack:
        if fcntl:
            try:
                handle = os.open(folder, os.O_RDONLY)
                stack.callback(os.close, handle)
                fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise
            except OSError:  # a file system that knows no locks
                pass
        yield
