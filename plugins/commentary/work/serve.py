"""A server for authors: the site on this machine, and in the open page whatever is saved, or why it cannot be shown."""

from __future__ import annotations

import html
import json
import re
import threading
import time
from contextlib import suppress
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from commentary.errors import CommentaryError
from commentary.structured.headers import FOR_EVER, HASHED
from commentary.work.author import HEADERS, MAX_BODY, AuthorDesk
from commentary.work.author import PATH as AUTHOR
from commentary.work.watching import changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from urllib.parse import SplitResult

    from commentary.settings import Settings
    from commentary.work.author import Answer
    from commentary.work.preview import Fault, Preview

HOST = "127.0.0.1"
OWN = "/.commentary/"
EVENTS = f"{OWN}events"
KINDS = {"reload.js": "text/javascript; charset=utf-8", "panel.css": "text/css; charset=utf-8"}
_HERE = re.compile(r"(?:(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)?", re.IGNORECASE)  # whatever leads to our port
_LENGTH = re.compile("[0-9]{1,9}")
HEARTBEAT = 15  # seconds: how soon a reader that left is noticed

_PAGE = files("commentary.work") / "served_page"


class Server(ThreadingHTTPServer):
    """Serves a site to this machine alone."""

    daemon_threads = True

    def __init__(self, settings: Settings, preview: Preview, port: int) -> None:
        self.settings = settings
        self.preview = preview
        try:
            super().__init__((HOST, port), Handler)
        except OSError as cause:
            raise CommentaryError(
                f"port {port} cannot be listened on ({cause.strerror}); choose another, such as PORT={port + 1} make serve"
            ) from cause
        self.desk = AuthorDesk(settings, self.server_port, preview.style)

    @property
    def root(self) -> str:
        """The path of the site on its host: it may live below its host's root."""
        return self.settings.site.root

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that goes away in the middle is no news."""


class Handler(SimpleHTTPRequestHandler):
    """Answers with the pages of the site as a web host would, and lets them reload themselves."""

    server: Server
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        # Chromium shows a feed of its own media type as plain text; as XML it takes the feed's style sheet.
        ".atom": "application/xml; charset=utf-8",
        ".rss": "application/xml; charset=utf-8",
        ".opml": "text/x-opml",
        ".html": "text/html; charset=utf-8",
        ".webmanifest": "application/manifest+json",
    }

    def parse_request(self) -> bool:
        """Refuse who asks for another host than this machine: a page from elsewhere, whose name is pointed here."""
        if not super().parse_request():
            return False
        if not (_HERE.fullmatch(self.headers.get("Host", "")) or self.path.startswith(AUTHOR)):  # that says so itself
            self.send_error(HTTPStatus.FORBIDDEN, "Not This Machine", "Open http://localhost/ with this server's port.")
            return False
        return True

    def do_GET(self) -> None:
        """A page of the site, unless the path is the author's desk's or one of this server's own."""
        address = urlsplit(self.path)
        if address.path.startswith(AUTHOR):
            self._send(self.server.desk.get(address.path, self.headers.get("Host", "")))
        elif address.path == EVENTS:
            self._stream(self._path(unquote(address.query)))
        elif kind := KINDS.get(address.path.removeprefix(OWN)):
            self._answer((_PAGE / address.path.removeprefix(OWN)).read_bytes(), kind)
        else:
            self._page(address)

    def do_HEAD(self) -> None:
        """The headers that GET would have."""
        self.do_GET()

    def do_POST(self) -> None:
        """Only the author's desk takes any."""
        length = self.headers.get("Content-Length", "")
        if not _LENGTH.fullmatch(length) or int(length) > MAX_BODY:
            self.close_connection = True
            self._answer(b"", "text/plain", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        self._send(self.server.desk.post(urlsplit(self.path).path, self.headers, self.rfile.read(int(length))))

    def _send(self, answer: Answer) -> None:
        self._answer(*answer, headers=HEADERS)

    def _path(self, address: str) -> str:
        """The path, below an output folder, of the page that stands at an address."""
        path = unquote(address).removeprefix(self.server.root).removeprefix("/")
        return f"{path}index.html" if path.endswith("/") or not path else path

    def _page(self, address: SplitResult) -> None:
        path = self._path(address.path)
        state = self.server.preview.state_of(path)
        is_folder = self.server.preview.holds(f"{path}/index.html") or f"{address.path}/" == AUTHOR
        if state.path != path and is_folder:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", address._replace(scheme="", netloc="", path=f"{address.path}/").geturl())
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content, status = state.content, HTTPStatus.OK if state.path == path else HTTPStatus.NOT_FOUND
        kind = self.guess_type(state.path)
        headers: dict[str, str] = {}
        if content is None:
            content, status, headers = _error_page(state.faults), HTTPStatus.INTERNAL_SERVER_ERROR, HEADERS
            kind = self.extensions_map[".html"]
        elif state.path.startswith(f"{HASHED}/"):
            headers = {"Cache-Control": FOR_EVER}
        if kind.startswith("text/html"):
            content += f'<script src="{OWN}reload.js?{state.version}" async></script>\n'.encode()
        self._answer(content, kind, status, headers=headers)

    def _answer(
        self,
        content: bytes,
        kind: str,
        status: HTTPStatus = HTTPStatus.OK,
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.send_response(status)
        standard = {"Content-Type": kind, "Content-Length": str(len(content)), "Cache-Control": "no-store"}
        for name, value in {**standard, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _stream(self, path: str) -> None:
        """Server-sent events (HTML, 9.2): what there is to say of a page, at once and whenever that is something new."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "HEAD":
            return
        preview, count, told = self.server.preview, -1, ""
        while not preview.closed:
            count = preview.wait(count, HEARTBEAT)
            state = preview.state_of(path)
            data = json.dumps({"version": state.version, "faults": state.faults})
            line = f"event: state\ndata: {data}\n\n" if data != told else ": still here\n\n"
            told = data
            try:
                self.wfile.write(line.encode())
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Requests are no news to an author; findings are, and should not scroll away."""


def _error_page(faults: Iterable[Fault]) -> bytes:
    rows = "".join(
        "<li><code>{}</code> <b>{}</b> {}</li>\n".format(*(html.escape(text) for text in fault)) for fault in faults
    )
    return (_PAGE / "error.html").read_text("utf-8").replace("@rows@", rows).encode()


def serve(server: Server, *, settings_file: Path, ready: Callable[[str], None]) -> None:
    """Serve the site until interrupted. `ready` is called with its local address once that can be opened."""
    preview, begun = server.preview, time.time_ns()
    preview.plan()
    threads = [server.serve_forever, preview.follow, lambda: _watch_settings(preview, settings_file, begun)]
    for target in threads:
        threading.Thread(target=target, daemon=True).start()
    ready(f"http://localhost:{server.server_port}{server.root}/")
    try:
        _watch(server, begun)
    finally:
        preview.close()
        server.shutdown()
        server.server_close()


def _watch(server: Server, since: int) -> None:
    """Tell the preview what changes in the folders of the site; returns when the author presses Ctrl-C.

    A folder is watched itself and not its name, so another one in its place is watched anew, with what was saved in it
    since all folders were last known to be the same.
    """
    preview = server.preview
    while not preview.closed:
        watched = _folders(server)
        try:
            for changed in changes(watched.keys(), since):
                asked, now = time.time_ns(), _folders(server)
                others = {path for path in watched | now if watched.get(path) != now.get(path)}
                others |= changed & watched.keys()  # gone, and another may have got its number
                if changed | others:
                    preview.change(changed | others)
                if others or preview.closed:
                    break
                since = asked
            else:
                return
        except FileNotFoundError:  # it has just gone
            preview.change(watched)


def _folders(server: Server) -> dict[Path, int]:
    """The folders of the site that there are, and which they are."""
    workshop = server.preview.workshop
    if workshop and workshop.settings is not server.settings:
        server.settings = server.desk.settings = workshop.settings
    folders = {}
    for path in (server.settings.content, server.settings.theme):
        with suppress(OSError):
            folders[path] = path.stat().st_ino
    return folders


def _watch_settings(preview: Preview, file: Path, since: int) -> None:
    """A settings file may be replaced, which its folder sees and nobody who watches the file; it may import others."""
    for changed in changes([file.resolve().parent], since, deep=False):
        if programs := [path for path in changed if path.suffix == ".py"]:
            preview.change(programs)
        if preview.closed:
            return
