"""A hostile server costs little time, little memory and one line."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib

import pytest

from commentary.errors import CaptureError
from commentary.fetching import Network, fetch, probe
from commentary.fetching.body import MOST_BYTES, BodyError, read_body
from tests.fetching.local_server import LocalServer, page, redirect

ARTICLE = "<h1>관세 유예</h1><p>정부는 오늘 발표했다.</p>"


def fetched(answer, **options):
    """What `fetch` gives for one answer of a local server."""
    with LocalServer({"/": answer}) as server:
        return fetch(f"{server.url}/", allow_loopback=True, **options)


def refusal(answer, **options):
    """The line that `fetch` refuses an answer with."""
    with pytest.raises(CaptureError) as caught:
        fetched(answer, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def dripping(head: bytes):
    """Sends a head, then a byte every 50 ms for as long as anybody listens."""

    def answer(connection):
        connection.sendall(head)
        while True:
            connection.sendall(b"a")
            time.sleep(0.05)

    return answer


def test_page_is_fetched():
    got = fetched(page(ARTICLE, headers='ETag: "1"\r\n'))
    assert (got.status, got.text, got.body, got.header("ETag")) == (200, ARTICLE, ARTICLE.encode(), '"1"')


@pytest.mark.parametrize(
    "head",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n"],
    ids=["status line", "header", "body", "chunk"],
)  # fmt: skip
def test_dripped_answer_ends_at_the_deadline(head):
    """Each byte comes in time; the whole does not."""
    began = time.monotonic()
    assert "no whole answer in 0.5 s" in refusal(dripping(head), deadline=0.5)
    assert time.monotonic() - began < 2


def test_silent_server_ends_at_the_deadline():
    assert "no whole answer in 0.3 s" in refusal(lambda _: time.sleep(1), deadline=0.3)


def test_silent_resolver_ends_at_the_deadline():
    began = time.monotonic()
    with pytest.raises(CaptureError, match="no whole answer"):
        fetch("http://press.example/", deadline=0.3, network=Network(lambda *_: time.sleep(2) or []))
    assert time.monotonic() - began < 1.5


def test_redirects_share_the_deadline():
    """Redirects that are each quick enough do not add up to more time."""

    def slow(connection):
        time.sleep(0.2)
        connection.sendall(redirect("/"))

    assert "no whole answer in 0.5 s" in refusal(slow, deadline=0.5)


def test_five_redirects_are_followed():
    answers = {f"/{n}": redirect(f"{n + 1}", status="301 Moved Permanently") for n in range(5)}
    with LocalServer({**answers, "/5": page(ARTICLE)}) as server:
        got = fetch(f"{server.url}/0", allow_loopback=True)
    assert (got.url, got.final_url, got.text) == (f"{server.url}/0", f"{server.url}/5", ARTICLE)
    assert got.moves == tuple((301, f"{server.url}/{n}") for n in range(1, 6))


def test_sixth_redirect_is_refused():
    refused = pytest.raises(CaptureError, match="more than 5 redirects; open it in a browser")
    with LocalServer({f"/{n}": redirect(f"{n + 1}") for n in range(9)}) as server, refused:
        fetch(f"{server.url}/0", allow_loopback=True)
    assert server.connections == 6


def test_redirect_loop_ends():
    assert "more than 5 redirects" in refusal(redirect("/"))


@pytest.mark.parametrize("name", ["gzip", "deflate", "raw deflate"])
def test_compressed_page_is_read(name):
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(ARTICLE.encode()),
        "deflate": zlib.compress(ARTICLE.encode()),
        "raw deflate": raw.compress(ARTICLE.encode()) + raw.flush(),
    }[name]
    assert fetched(page(packed, headers=f"Content-Encoding: {name.split()[-1]}\r\n")).text == ARTICLE


@pytest.mark.parametrize("cut", [1, 10, 11, 30, 500])
def test_page_that_is_packed_in_parts_is_read_to_its_end(cut):
    """A gzip body may be several, one after the other (RFC 1952, 2.2); each may come in several pieces."""
    text = ARTICLE.encode()
    packed = b"".join(gzip.compress(part) for part in (text[:cut], b"", text[cut:]))
    assert read_body(iter([packed]), "gzip") == text
    assert read_body((packed[at : at + 1] for at in range(len(packed))), "gzip") == text
    with pytest.raises(BodyError, match="ends in the middle"):
        read_body(iter([packed[:-1]]), "gzip")


def test_padding_after_a_packed_page_is_no_part_of_it():
    padded = gzip.compress(ARTICLE.encode()) + bytes(99)
    assert fetched(page(padded, headers="Content-Encoding: gzip\r\n")).text == ARTICLE


def test_bomb_stops_at_the_limit():
    """A gigabyte packed into one megabyte costs a few megabytes of memory."""
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1024)) + packer.flush()
    answer = page(bomb, headers="Content-Encoding: gzip\r\n")
    tracemalloc.start()
    assert "is larger than 5 MB" in refusal(answer)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30_000_000


def test_huge_body_stops_at_the_limit():
    def endless(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"words " * 10_000)

    assert "is larger than 5 MB" in refusal(endless)


def test_body_of_just_the_limit_is_read():
    assert len(fetched(page(b"a" * MOST_BYTES)).body) == MOST_BYTES


def test_page_of_nothing_but_tags_is_refused():
    """It would fit into 5 MB, and its tree not into memory."""
    assert "the page holds 300000 tags, over 250000" in refusal(page("a<br>" * 300_000))


def test_compressed_nothing_without_end_stops():
    """Empty deflate blocks decompress to nothing, for ever."""
    flushes = zlib.compressobj(wbits=31)
    head = flushes.compress(b"a") + flushes.flush(zlib.Z_FULL_FLUSH)
    empty = b"\x00\x00\x00\xff\xff" * 1_100_000
    assert "is larger than 5 MB" in refusal(page(head + empty, headers="Content-Encoding: gzip\r\n"))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(b"not gzip", headers="Content-Encoding: gzip\r\n"), "is not gzip as its header says"),
        (page(gzip.compress(ARTICLE.encode())[:-12], headers="Content-Encoding: gzip\r\n"), "ends in the middle"),
        (page(b"?", headers="Content-Encoding: br\r\n"), "is encoded as 'br', which was not asked for"),
        (page(b"%PDF", kind="application/pdf"), "it is 'application/pdf', not a page of text"),
        (page("gone", status="404 Not Found"), "the server answered 404"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nshort", "the connection failed"),
        (b"SSH-2.0-OpenSSH\r\n", "the connection failed"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", "the connection failed"),
    ],
    ids=["no gzip", "torn gzip", "brotli", "pdf", "404", "torn body", "no http", "huge head"],
)
def test_answer_that_is_no_page_is_one_line(answer, reason):
    line = refusal(answer)
    assert reason in line
    assert "; " in line


def test_nobody_there_is_one_line():
    with LocalServer({}) as server:
        pass
    with pytest.raises(CaptureError, match="does not accept a connection"):
        fetch(f"{server.url}/", allow_loopback=True)


def test_control_characters_of_an_address_reach_no_terminal():
    with pytest.raises(CaptureError) as caught:
        fetch("http://press.example/\x1b[2J")
    assert str(caught.value).isprintable()


def test_probe_tells_any_status():
    with LocalServer(
        {"/": redirect("/gone", status="308 Permanent Redirect"), "/gone": page("", status="410 Gone")}
    ) as server:
        got = probe(f"{server.url}/", allow_loopback=True)
    assert (got.status, got.moves, server.requests[0][:5]) == (410, ((308, f"{server.url}/gone"),), "HEAD ")


def test_probe_sends_what_it_knows():
    with LocalServer({"/": b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'}) as server:
        got = probe(
            f"{server.url}/",
            method="GET",
            etag='"1"',
            last_modified="Sat, 26 Apr 2025 00:00:00 GMT",
            allow_loopback=True,
        )
    assert (got.status, got.body) == (304, b"")
    assert 'If-None-Match: "1"\r\nIf-Modified-Since: Sat, 26 Apr 2025' in server.requests[0]


def test_probe_without_redirects_stops_at_the_first():
    with LocalServer({"/": redirect("/elsewhere")}) as server:
        got = probe(f"{server.url}/", redirects=0, allow_loopback=True)
    assert (got.status, got.header("location"), server.connections) == (302, "/elsewhere", 1)
