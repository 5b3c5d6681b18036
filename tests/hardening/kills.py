"""Killing a command at any moment, and looking at what it left."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def kill_at(project: Path, arguments: Sequence[str], seconds: float) -> int:
    """Start a command and end it by SIGKILL after so long; its status, which is not -9 if it was done by then."""
    process = subprocess.Popen(
        [sys.executable, "-m", "commentary", *arguments],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        return process.wait()


def moments(count: int, longest: float, seed: int) -> Iterator[float]:
    """Moments to kill at: the later two thirds of a run, which do the writing, three times as often."""
    chance = random.Random(seed)
    for _ in range(count):
        yield longest * (chance.uniform(0.33, 1.05) if chance.random() < 0.75 else chance.uniform(0.0, 0.33))


def timed(project: Path, arguments: Sequence[str]) -> float:
    """How long a command takes that is left alone; it must succeed."""
    start = time.monotonic()
    assert kill_at(project, arguments, 120) == 0
    return time.monotonic() - start
