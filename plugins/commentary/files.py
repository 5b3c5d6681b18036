"""Files that are replaced whole: no reader, no second writer and no crash meets the half of one."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace_file(file: Path, content: bytes, *, durable: bool = False) -> None:
    """Put content in a file's place at once, and make its folder if need be. OSError: what was there stays.

    `durable`: it lies on the disk before it takes that place, for what cannot be made anew.
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
