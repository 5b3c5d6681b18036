"""One build at a time in one folder; who comes second is told who came first."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from commentary.errors import OutputError
from commentary.files import locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDER = "holder"  # a file beside those that are being written, for whoever comes second


@contextmanager
def only_one(folder: Path, stage: Path) -> Iterator[None]:
    """Hold a folder that exists for this process. OutputError names the process that holds it already.

    `stage` is where the holder may write its name.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(locked(folder, wait=False))
        except BlockingIOError:
            raise OutputError(f"{folder} is being written by {_holder(stage)}; wait until that is done") from None
        yield


def sign(stage: Path) -> None:
    """Write the name of this process where `only_one` looks for it."""
    (stage / HOLDER).write_text(f"{os.getpid()}\n")


def _holder(stage: Path) -> str:
    try:
        return f"process {int((stage / HOLDER).read_text())}"
    except (OSError, ValueError):
        return "another process"
