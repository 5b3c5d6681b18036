"""Processes that tests start and talk to: none is waited for without end, and none outlives its test."""

from __future__ import annotations

import os
import select
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LONG = 60  # seconds: what has not come by then, on a machine however busy, never comes


@contextmanager
def started(command: Sequence[str], **how: Any) -> Iterator[subprocess.Popen[Any]]:
    """A process, killed if it still runs when this is left, however that comes."""
    with subprocess.Popen(command, **how) as process:  # which waits for it at its end, without end
        try:
            yield process
        finally:
            process.kill()


def wait_for(condition: Callable[[], object], what: Callable[[], str], seconds: float = LONG) -> None:
    """Ask again and again until it is so; `what`: what to say if it never is."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so after {seconds} s: {what()}"
        time.sleep(0.05)


def first_lines(process: subprocess.Popen[Any], count: int, seconds: float = LONG) -> list[str]:
    """The lines that a process prints first; nobody else may read them."""
    assert process.stdout
    pipe, told, deadline = process.stdout.fileno(), b"", time.monotonic() + seconds
    while told.count(b"\n") < count:
        ready, _, _ = select.select([pipe], [], [], max(0, deadline - time.monotonic()))
        assert ready, f"{process.args!r} has not printed {count} lines after {seconds} s, but {told!r}"
        more = os.read(pipe, 1 << 16)
        assert more, f"{process.args!r} has ended after {told!r}"
        told += more
    return told.decode().splitlines()[:count]
