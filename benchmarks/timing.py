"""One timed process: what the system accounts to it and to its children once it has finished."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Timing:
    """What one process took."""

    wall: float  # seconds
    cpu: float  # seconds of all its processes
    peak: float  # MiB of its largest process


def timed(command: list[str], folder: Path) -> Timing:
    """Run a command once in a folder. SystemExit with its words if it fails."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} exits {process.returncode}:\n{said.read().decode(errors='replace')[-2000:]}")
    return Timing(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
