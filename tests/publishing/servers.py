"""Web servers for a folder of releases: a real nginx with the generated configuration, and Python's own."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tests.processes import LONG, started, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NGINX = """\
pid {folder}/pid;
error_log {folder}/error.log;
daemon off;
events {{}}
http {{
access_log off;
client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
{site}
}}
"""
PYTHON = """\
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # which keeps connections alive
    disable_nagle_algorithm = True
    log_message = lambda *_: None

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), partial(Handler, directory=sys.argv[2])).serve_forever()
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def nginx(conf: str, folder: Path) -> Iterator[int]:
    """Serve by a configuration of ours; `folder` is for what nginx writes. Gives the port."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    for above in (folder, *folder.parents[:4]):  # its workers may be another user
        above.chmod(above.stat().st_mode | 0o055)
    site = conf.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "")
    user = "user root;\n" * (os.geteuid() == 0)
    (folder / "nginx.conf").write_text(user + NGINX.format(folder=folder, site=site))
    yield from _running(["nginx", "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")], port)


@contextmanager
def python(folder: Path) -> Iterator[int]:
    """Serve a folder by what comes with Python; gives the port."""
    port = free_port()
    yield from _running([sys.executable, "-c", PYTHON, str(port), str(folder)], port)


def _running(command: list[str], port: int) -> Iterator[int]:
    with started(command) as process:
        try:
            wait_for(lambda: _answers(port), lambda: f"{command[0]} answers")
            yield port
        finally:
            process.terminate()
            process.wait(LONG)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
        return True
    return False
