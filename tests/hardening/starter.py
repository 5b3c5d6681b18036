"""The process that has imported the program, and forks for each command; see `started`."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import traceback
from typing import NoReturn

import commentary.cli.build
import commentary.cli.check
import commentary.cli.publish
import commentary.pelican_plugin.engine
import commentary.work.prepare
import commentary.work.publish  # noqa: F401 - all that commands import when they run
from commentary.cli import main


def _serve(address: str) -> None:
    """Answer until the process that started this one is gone."""
    parent = os.getppid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait for a command
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        listener.settimeout(5)
        os.write(1, b"\n")
        while os.getppid() == parent:
            try:
                line, _ = listener.accept()
            except TimeoutError:
                continue
            if not os.fork():
                _answer(line)
            line.close()


def _answer(line: socket.socket) -> NoReturn:
    """Fork a command, wait for it and tell its status."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    size, descriptors, _, _ = socket.recv_fds(line, 4, 2)
    with line.makefile("rb") as reader:
        project, arguments, environment = json.loads(reader.read(int.from_bytes(size)))
    pid = os.fork()
    if not pid:
        _command(project, arguments, environment, descriptors)
    line.sendall(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())
    line.shutdown(socket.SHUT_RDWR)
    os._exit(0)


def _command(project: str, arguments: list[str], environment: dict[str, str], descriptors: list[int]) -> NoReturn:
    status = 1
    try:
        for number, descriptor in enumerate(descriptors, 1):
            os.dup2(descriptor, number)
        os.closerange(3, 256)
        os.chdir(project)
        os.environ.clear()
        os.environ |= environment
        sys.path.insert(0, project)
        main(arguments, prog_name="commentary")
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - as the interpreter does, whatever it is
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _serve(sys.argv[1])
