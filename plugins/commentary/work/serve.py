"""A server for authors: the built site on this machine, rebuilt and reloaded when a file changes."""

from __future__ import annotations

import threading
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from watchfiles import watch

from commentary.errors import CommentaryError
from commentary.work.author import HEADERS, MAX_BODY, AuthorDesk
from commentary.work.author import PATH as AUTHOR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from io import BufferedReader, BytesIO

    from commentary.settings import Settings
    from commentary.work.author import Answer

HOST = "127.0.0.1"
EVENTS = "/.commentary/events"
SCRIPT = "/.commentary/reload.js"
# The page asks for its own news and reloads on any; a server that comes back is news too.
RELOAD = b"""let known;
new EventSource("/.commentary/events").addEventListener("built", (event) => {
  if (known !== undefined && known !== event.data) location.reload();
  known = event.data;
});
"""
HEARTBEAT = 15  # seconds: how soon a reader that left is noticed


class Builds:
    """How often the site has been built, for pages that wait for the next time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self.closed = False

    def add(self) -> None:
        """Tell all who wait that the site is new."""
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def close(self) -> None:
        """Send all who wait away."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def after(self, known: int) -> int:
        """Wait until the count is another than `known`, or for a heartbeat; give the count."""
        with self._changed:
            self._changed.wait_for(lambda: self._count != known or self.closed, HEARTBEAT)
            return self._count


class Server(ThreadingHTTPServer):
    """Serves an output folder to this machine alone."""

    daemon_threads = True

    def __init__(self, settings: Settings, port: int) -> None:
        self.folder = settings.output
        self.root = settings.site.root
        self.builds = Builds()
        try:
            super().__init__((HOST, port), Handler)
        except OSError as cause:
            raise CommentaryError(
                f"port {port} cannot be listened on ({cause.strerror}); choose another, such as PORT={port + 1} make serve"
            ) from cause
        self.desk = AuthorDesk(settings, self.server_port)

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that goes away in the middle is no news."""


class Handler(SimpleHTTPRequestHandler):
    """Answers with the files of the site as a web host would, and lets its pages reload themselves."""

    server: Server
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        # Chromium shows a feed of its own media type as plain text; as XML it takes the feed's style sheet.
        ".atom": "application/xml; charset=utf-8",
        ".rss": "application/xml; charset=utf-8",
        ".opml": "text/x-opml",
        ".html": "text/html; charset=utf-8",
        ".webmanifest": "application/manifest+json",
    }

    def do_GET(self) -> None:
        """Events and the reload script are ours; everything else is a file."""
        path = urlsplit(self.path).path
        if path.startswith(AUTHOR):
            self._send(self.server.desk.get(path, self.headers.get("Host", "")))
        elif path == EVENTS:
            self._stream()
        elif path == SCRIPT:
            self._answer(RELOAD, "text/javascript; charset=utf-8")
        else:
            self._file(Path(self.translate_path(path)))

    def do_POST(self) -> None:
        """Only the author's desk takes any."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BODY:
            self.close_connection = True
            self._answer(b"", "text/plain", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        self._send(self.server.desk.post(urlsplit(self.path).path, self.headers, self.rfile.read(int(length))))

    def _send(self, answer: Answer) -> None:
        self._answer(*answer, headers=HEADERS)

    def translate_path(self, path: str) -> str:
        """The file of an address; the site may live below its host's root."""
        self.directory = str(self.server.folder)
        return super().translate_path(path.removeprefix(self.server.root))

    def _file(self, file: Path) -> None:
        path = urlsplit(self.path).path
        if file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", path + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        file = file / "index.html" if file.is_dir() else file
        status = HTTPStatus.OK
        hidden = any(part.startswith(".commentary") for part in file.parts)
        if hidden or not file.is_file():
            file, status = self.server.folder / "404.html", HTTPStatus.NOT_FOUND
        content = file.read_bytes() if file.is_file() else b"Not found\n"
        kind = self.guess_type(str(file))
        if kind.startswith("text/html"):
            content += f'<script src="{SCRIPT}" async></script>\n'.encode()
        self._answer(content, kind, status)

    def _answer(
        self,
        content: bytes,
        kind: str,
        status: HTTPStatus = HTTPStatus.OK,
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def send_head(self) -> BytesIO | BufferedReader | None:
        """HEAD: the headers that GET would have."""
        self._file(Path(self.translate_path(urlsplit(self.path).path)))
        return None

    def _stream(self) -> None:
        """Server-sent events (HTML, 9.2): the build's number at once, and again after each build."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        known = -1
        while not self.server.builds.closed:
            count = self.server.builds.after(known)
            line = f"event: built\ndata: {count}\n\n" if count != known else ": still here\n\n"
            known = count
            try:
                self.wfile.write(line.encode())
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Requests are no news to an author; findings are, and should not scroll away."""


def serve(settings: Settings, build: Callable[[], bool], *, port: int, ready: Callable[[str], None]) -> None:
    """Serve the built site until interrupted; `build` runs after every change and says whether it succeeded.

    `ready` is called with the site's local address once it can be opened. CommentaryError: the port is taken.
    """
    server = Server(settings, port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ready(f"http://localhost:{server.server_address[1]}{settings.site.root}/")
    watched = [path for path in (settings.content, settings.theme, settings.root / "pelicanconf.py") if path.exists()]
    try:
        for _ in watch(*watched, debounce=200, step=50, raise_interrupt=False):
            if build():
                server.builds.add()
    finally:
        server.builds.close()
        server.shutdown()
        server.server_close()
