"""A real HTTP server on loopback that answers whatever a test wants, byte for byte."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

Answer = bytes | Callable[[socket.socket], None]


def page(
    body: bytes | str, *, headers: str = "", kind: str = "text/html; charset=utf-8", status: str = "200 OK"
) -> bytes:
    """A whole answer: status, headers (each line ends in CRLF), body."""
    content = body.encode() if isinstance(body, str) else body
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n{headers}\r\n"
    return head.encode() + content


def redirect(to: str, *, status: str = "302 Found") -> bytes:
    """A redirect to an address, which may be relative."""
    return f"HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


class LocalServer:
    """Answers each path as told, on a free port; counts its connections and keeps the requests' heads."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers
        self.connections = 0
        self.requests: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)  # close alone would let the waiting accept() take one more
        self._socket.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                connection, _ = self._socket.accept()
                self.connections += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):  # a client that has seen enough hangs up
            head = b""
            while b"\r\n\r\n" not in head:
                if not (more := connection.recv(65536)):
                    break
                head += more
            self.requests.append(head.decode("latin-1"))
            path = head.split(b" ")[1].decode() if head.count(b" ") > 1 else ""
            answer = self.answers.get(path, page("not here", status="404 Not Found"))
            if callable(answer):
                answer(connection)
            else:
                connection.sendall(answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
