"""Fetching a page: http(s) only, few redirects, little time, few bytes, no address of this machine's own network."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpcore
import httpx

from commentary.errors import CaptureError
from commentary.fetching.body import ACCEPT_ENCODING, BodyError, read_body
from commentary.fetching.network import Deadline, GuardedBackend, Network
from commentary.urls import check_url, shorten
from commentary.webpage import read_markup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

DEADLINE = 20.0  # seconds for one request, its redirects included
MOST_REDIRECTS = 5
MOST_TAGS = 250_000  # a tree of more would not fit into 300 MiB; long articles have a tenth of it
# A page may be held for what its text is; a film, a program or an archive may not.
_TEXTUAL = ("text/html", "application/xhtml+xml", "text/plain", "")  # "": not said, so what a browser would make of it
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; commentary; checks quotations for their author)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
    "Accept-Encoding": ACCEPT_ENCODING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server answered, after redirects."""

    url: str  # as asked for
    final_url: str
    status: int
    moves: tuple[tuple[int, str], ...]  # each redirect's status (301 and 308 are for good) and where it led
    headers: tuple[tuple[str, str], ...]  # of the last answer, in lower case
    body: bytes  # decompressed; empty if there is none, or it is not text
    text: str  # the body as HTML

    def header(self, name: str) -> str:
        """The value of a header of the last answer, `""` if it has none."""
        return next((value for key, value in self.headers if key == name.lower()), "")

    @property
    def is_textual(self) -> bool:
        """Whether it says that it is a page of text, or says nothing."""
        return _is_textual(self.header("content-type"))


def fetch(
    url: str, *, allow_loopback: bool = False, deadline: float = DEADLINE, network: Network | None = None
) -> Fetched:
    """The page at an address: status 200 and text, or CaptureError saying in one line why not."""
    got = probe(url, method="GET", allow_loopback=allow_loopback, deadline=deadline, network=network)
    if got.status != HTTPStatus.OK:
        raise CaptureError(
            url, f"the server answered {got.status}; open it in a browser, save the page and give the file"
        )
    if not got.is_textual:
        raise CaptureError(
            url, f"it is {shorten(got.header('content-type'))!r}, not a page of text; quote it with its address alone"
        )
    if (tags := got.text.count("<")) > MOST_TAGS:
        raise CaptureError(url, f"the page holds {tags} tags, over {MOST_TAGS}; it is no article")
    return got


def probe(
    url: str,
    *,
    method: Literal["HEAD", "GET"] = "HEAD",
    etag: str = "",
    last_modified: str = "",
    redirects: int = MOST_REDIRECTS,
    allow_loopback: bool = False,
    deadline: float = DEADLINE,
    network: Network | None = None,
) -> Fetched:
    """What the server answers, whatever its status: 404, 304 to a known `etag` or `last_modified` …

    With `redirects=0` the first redirect is the answer. CaptureError if there is none: a refused
    address, no connection, too many redirects, no end after `deadline` seconds or 5 MB.
    """
    _check(url, url)
    limit = Deadline(deadline)
    backend = GuardedBackend(url, deadline=limit, network=network or Network(), allow_loopback=allow_loopback)
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = _HEADERS | {name: value for name, value in conditions.items() if value}
    try:
        # Without trust_env, no proxy and no .netrc of the author's has a part in this.
        with httpx.Client(transport=_Transport(backend), trust_env=False, headers=headers) as client:
            return _follow(client, method, url, redirects)
    except (httpcore.TimeoutException, httpx.TimeoutException) as cause:
        raise CaptureError(url, f"no whole answer in {deadline:g} s; try again later, or save the page") from cause
    except BodyError as cause:
        raise CaptureError(url, f"the page {cause}; save it in a browser and give the file") from cause
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpx.HTTPError) as cause:
        raise CaptureError(url, f"the connection failed ({_one_line(cause)}); try again later") from cause
    except (httpx.InvalidURL, UnicodeError) as cause:
        raise CaptureError(
            url, f"this, or what it redirects to, is not a web address ({_one_line(cause)}); copy it again"
        ) from cause


def _follow(client: httpx.Client, method: str, url: str, redirects: int) -> Fetched:
    here = url
    moves: list[tuple[int, str]] = []
    while True:
        with client.stream(method, here) as answer:
            target = answer.headers.get("location", "")
            if not (answer.is_redirect and target and redirects):
                return _read(answer, url=url, here=here, moves=tuple(moves))
        if len(moves) == redirects:
            raise CaptureError(url, f"more than {redirects} redirects; open it in a browser and copy the last address")
        target = urljoin(here, target)
        _check(url, target)
        if here.startswith("https:") and target.startswith("http:"):
            raise CaptureError(
                url, f"it redirects to {shorten(target)}, without encryption; give that address if you trust it"
            )
        moves.append((answer.status_code, target))
        here = target


def _check(url: str, target: str) -> None:
    try:
        check_url(target)
    except ValueError as cause:
        raise CaptureError(url, str(cause) if target == url else f"it redirects to a bad address: {cause}") from cause


def _read(answer: httpx.Response, *, url: str, here: str, moves: tuple[tuple[int, str], ...]) -> Fetched:
    kind, body = answer.headers.get("content-type", ""), b""
    if _is_textual(kind) and answer.request.method != "HEAD":
        body = read_body(answer.iter_raw(), answer.headers.get("content-encoding", ""))
    return Fetched(
        url=url,
        final_url=here,
        status=answer.status_code,
        moves=moves,
        headers=tuple(answer.headers.multi_items()),
        body=body,
        text=read_markup(body, kind),
    )


def _is_textual(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() in _TEXTUAL


def _one_line(cause: Exception) -> str:
    return shorten(" ".join(str(cause).split()) or type(cause).__name__, 120)


class _Transport(httpx.BaseTransport):
    """httpx's own transport takes no network backend; this one is httpcore's pool with ours."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        context = httpx.create_ssl_context(trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the answer's body is read by whoever asked."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        answer = self._pool.handle_request(
            httpcore.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Stream(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
