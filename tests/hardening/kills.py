"""Killing a command at any moment, and looking at what it left."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
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


class Killer:
    """Starts a command again and again and kills it at moments spread over its run, how long that may be now.

    The later two thirds of a run, which do the writing, are met three times as often.
    """

    def __init__(self, project: Path, arguments: Sequence[str], *, seed: int) -> None:
        self._project, self._arguments = project, arguments
        self._chance = random.Random(seed)
        self._longest = timed(project, arguments)
        self.killed = 0
        self.moment = 0.0  # of the last run, in seconds

    def strike(self) -> None:
        """One run more; it may be done before it is killed."""
        chance = self._chance
        share = chance.uniform(0.33, 1.05) if chance.random() < 0.75 else chance.uniform(0.0, 0.33)
        self.moment = self._longest * share
        if kill_at(self._project, self._arguments, self.moment) == -signal.SIGKILL:
            self.killed += 1
            self._longest *= 1.1 if share > 0.9 else 1.0  # the machine is busier than it was
        else:
            self._longest *= 0.85


def timed(project: Path, arguments: Sequence[str]) -> float:
    """How long a command takes that is left alone; it must succeed."""
    start = time.monotonic()
    assert kill_at(project, arguments, 120) == 0
    return time.monotonic() - start
