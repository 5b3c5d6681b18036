"""The author's desk: what a bookmarklet brings becomes a post, and nobody else's page can ask for one."""

from __future__ import annotations

import http.client
import json
import re
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from commentary.cli.serve import Terminal
from commentary.pelican_plugin.workshop import open_workshop
from commentary.settings import load_settings
from commentary.work.preview import Preview
from commentary.work.serve import Server
from tests.work.sources import SENTENCE, quoted_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Desk:
    """A running server and the project it writes to."""

    def __init__(self, folder: Path, server: Server, source: str) -> None:
        self.folder, self.server, self.source = folder, server, source
        self.host = f"localhost:{server.server_port}"

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)
        sent = {"Host": self.host} | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body.encode(), sent)
        answer = connection.getresponse()
        result = answer.status, answer.read().decode(), dict(answer.headers)
        connection.close()
        return result

    def wish(self, what: str, **headers: str) -> tuple[int, dict[str, Any]]:
        body = json.dumps({"url": f"{self.source}/a", "excerpt": SENTENCE, "title": "Only a pause", "topics": "trade"})
        status, text, _ = self.ask("POST", f"/author/{what}", body, **headers)
        return status, json.loads(text)

    def posts(self) -> list[str]:
        return sorted(file.name for file in (self.folder / "content/posts").rglob("*.md"))


@contextmanager
def desk_at(folder: Path) -> Iterator[Desk]:
    with quoted_page(folder) as source:
        file = folder / "pelicanconf.py"
        server = Server(load_settings(file), Preview(lambda: open_workshop(file), Terminal()), 0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield Desk(folder, server, source.url)
        finally:
            server.preview.close()
            server.shutdown()
            server.server_close()


def test_the_page_brings_its_token_a_bookmarklet_and_a_strict_policy(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        status, text, headers = desk.ask("GET", "/author/")
        script = desk.ask("GET", "/author/page.js")[1]

    assert status == 200
    assert desk.server.desk.token in text
    assert f"javascript:location.href=&#x27;http://{desk.host}/author/#&#x27;" in text
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert re.search(r"<script(?! type=\"module\" src)", text) is None
    assert "innerHTML" not in script


def test_a_proposal_is_shown_and_only_the_click_writes_it(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        before = desk.posts()
        token = desk.server.desk.token
        status, said = desk.wish("proposal", X_Commentary_Token=token)
        assert (status, said["verdict"], desk.posts()) == (200, "verbatim", before)
        assert f"> {SENTENCE}" in said["text"]
        status, said = desk.wish("post", X_Commentary_Token=token, Origin=f"http://{desk.host}")

    assert (status, said["verdict"]) == (200, "verbatim")
    assert (tmp_path / said["path"]).read_text("utf-8").count(SENTENCE) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X_Commentary_Token": "guessed"},
        {"X_Commentary_Token": "TOKEN", "Origin": "https://evil.example"},
        {"X_Commentary_Token": "TOKEN", "Origin": "null"},
        {"X_Commentary_Token": "TOKEN", "Host": "evil.example"},
    ],
    ids=["no token", "another token", "another origin", "no origin", "another host"],
)
def test_nobody_elses_page_writes_a_post(tmp_path: Path, headers: dict[str, str]) -> None:
    with desk_at(tmp_path) as desk:
        before = desk.posts()
        own = {name: value.replace("TOKEN", desk.server.desk.token) for name, value in headers.items()}
        status, said = desk.wish("post", **own)

    assert (status, list(said), desk.posts()) == (403, ["error"], before)


def test_a_name_that_was_pointed_here_sees_no_token(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        status, text, _ = desk.ask("GET", "/author/", Host="evil.example")

    assert status == 403
    assert desk.server.desk.token not in text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("not json", 400),
        ('{"url": 1}', 400),
        ('{"url": "file:///etc/passwd", "excerpt": "x"}', 422),
        ('{"url": "http://10.0.0.1/", "excerpt": "x"}', 422),
    ],
    ids=["no JSON", "no wish", "a file", "a private address"],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path, body: str, status: int) -> None:
    with desk_at(tmp_path) as desk:
        before = desk.posts()
        answered, text, _ = desk.ask("POST", "/author/post", body, X_Commentary_Token=desk.server.desk.token)

    assert (answered, desk.posts()) == (status, before)
    assert "\n" not in text


def test_a_request_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        for length in ("2000000", "-1", "many"):
            assert desk.ask("POST", "/author/post", "", Content_Length=length)[0] == 413


def test_the_server_takes_no_post_elsewhere(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        assert desk.ask("POST", "/", "x")[0] == 403
        assert desk.ask("GET", "/author/../pelicanconf.py")[0] == 404
