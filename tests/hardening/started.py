"""
Commands in processes of their own that need not import the program first.

One process imports it and forks for each command; what a command changes goes with its process. Two thirds of the
time of a small build are imports. Tests of how the program starts, or of what the interpreter is given, start it anew.
"""

from __future__ import annotations

import atexit
import json
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.processes import first_lines

if TYPE_CHECKING:
    from collections.abc import Mapping


def run(project: Path, arguments: tuple[str, ...], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """What `python -m commentary ARGUMENTS` does in the project's folder."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, socket.socket(socket.AF_UNIX) as line:
        line.settimeout(120)
        line.connect(_address())
        request = json.dumps([str(project), arguments, dict(environment)]).encode()
        socket.send_fds(line, [len(request).to_bytes(4)], [out.fileno(), err.fileno()])
        line.sendall(request)
        try:
            status = int(line.makefile().read())
        except TimeoutError as cause:
            raise AssertionError(f"{arguments} is not done after {line.gettimeout():.0f} s") from cause
        told = []
        for file in (out, err):
            file.seek(0)
            told.append(file.read().decode(errors="replace"))
        return subprocess.CompletedProcess(arguments, status, *told)


@cache
def _address() -> str:
    """Where the process that has imported the program listens; it ends with this one."""
    address = str(Path(tempfile.mkdtemp(prefix="started-")) / "line")
    command = [sys.executable, "-m", "tests.hardening.starter", address]
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    first_lines(process, 1)
    atexit.register(lambda: (process.kill(), process.wait(), Path(address).unlink(), Path(address).parent.rmdir()))
    return address
