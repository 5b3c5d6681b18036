"""The author's server: addresses are answered as a web host would, or with what is wrong."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from commentary.settings import load_settings
from commentary.work.serve import Server
from tests.factories import POST
from tests.work.previewing import PATH, Author

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POST_ADDRESS = "/2025/04/30/tariff-pause/"


class Asked:
    """A running server of an author's project."""

    def __init__(self, author: Author, server: Server) -> None:
        self.author, self.server = author, server

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        result = answer.status, dict(answer.headers), answer.read().decode()
        connection.close()
        return result

    @contextmanager
    def listening(self, page: str) -> Iterator[Iterator[dict[str, object]]]:
        """The states that a page is told of, one after the other."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)
        connection.request("GET", f"/.commentary/events?{page.replace('/', '%2F')}")
        answer = connection.getresponse()
        deadline = time.monotonic() + 60  # the server's heartbeat would keep us waiting for ever
        lines = (
            line
            for line in iter(answer.readline, b"")
            if time.monotonic() < deadline or pytest.fail(f"no news of {page}")
        )
        yield (json.loads(line[6:]) for line in lines if line.startswith(b"data: "))
        connection.close()


@contextmanager
def served(author: Author) -> Iterator[Asked]:
    server = Server(load_settings(author.folder / "pelicanconf.py"), author.preview, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Asked(author, server)
    finally:
        author.preview.close()
        server.shutdown()
        server.server_close()


@pytest.fixture(name="site")
def _site(tmp_path: Path) -> Iterator[Asked]:
    with served(Author(tmp_path / "project")) as site:
        yield site


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/?utm=1", 200, "text/html; charset=utf-8"),
        ("/feed.atom", 200, "application/xml; charset=utf-8"),
        ("/robots.txt", 200, "text/plain"),
        ("/site.webmanifest", 200, "application/manifest+json"),
        ("/%74opics/", 200, "text/html; charset=utf-8"),
        ("/nothing/", 404, "text/html; charset=utf-8"),
        ("/.commentary.json", 404, "text/html; charset=utf-8"),
        ("/../pelicanconf.py", 404, "text/html; charset=utf-8"),
        ("/.commentary/error.html", 404, "text/html; charset=utf-8"),
        ("/.commentary/reload.js", 200, "text/javascript; charset=utf-8"),
    ],
)
def test_addresses_are_answered_as_a_web_host_would(site: Asked, path: str, status: int, kind: str) -> None:
    """HEAD with the headers of GET, and no body."""
    answer = site.ask(path)
    headers = {name: value for name, value in answer[1].items() if name != "Date"}
    head = site.ask(path, "HEAD")

    assert (answer[0], answer[1]["Content-Type"]) == (status, kind)
    assert (head[0], {name: value for name, value in head[1].items() if name != "Date"}, head[2]) == (
        status,
        headers,
        "",
    )
    assert ('<script src="/.commentary/reload.js?' in answer[2]) is kind.startswith("text/html")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:9", 200),
        ("rebound.example", 403),
        ("localhost.example", 403),
    ],
)
@pytest.mark.parametrize("path", ["/", POST_ADDRESS, "/.commentary/reload.js"])
def test_only_this_machine_is_answered(site: Asked, path: str, host: str, status: int) -> None:
    """A page from elsewhere whose name is pointed here (DNS rebinding) reads no draft."""
    answer, _, text = site.ask(path, Host=host)

    assert answer == status
    assert ("tariff" in text) <= (status == 200)


@pytest.mark.parametrize("length", ["\u00b2", "9" * 5000, "-1", ""])
def test_a_request_of_no_length_is_refused(site: Asked, length: str) -> None:
    assert site.ask("/author/post", "POST", **{"Content-Length": length})[0] == 413


@pytest.mark.parametrize(
    ("path", "target"), [("/topics", "/topics/"), ("/search?q=a%26b", "/search/?q=a%26b"), ("/author", "/author/")]
)
def test_an_address_without_its_last_slash_leads_to_the_one_with_it(site: Asked, path: str, target: str) -> None:
    status, headers, _ = site.ask(path)

    assert (status, headers["Location"]) == (301, target)


@pytest.mark.parametrize("path", ["/author/", "/.commentary/events?"])
def test_what_is_not_of_the_site_has_headers_too(site: Asked, path: str) -> None:
    answer = site.ask(path, "HEAD", Host=f"localhost:{site.server.server_port}")

    assert (answer[0], answer[2]) == (200, "")


def test_a_site_below_its_hosts_root_is_served_there(tmp_path: Path) -> None:
    author = Author(tmp_path / "project", settings="SITEURL = 'https://remarks.example/blog'\n")
    with served(author) as site:
        assert site.ask("/blog/topics")[1]["Location"] == "/blog/topics/"
        assert site.ask(f"/blog{POST_ADDRESS}")[0] == 200


def test_only_files_that_are_named_by_their_content_are_kept_by_the_browser(site: Asked) -> None:
    sheet = site.server.preview.style()

    assert "immutable" in site.ask(sheet)[1]["Cache-Control"]
    assert site.ask("/")[1]["Cache-Control"] == "no-store"


def test_without_a_good_site_every_address_answers_with_the_errors(tmp_path: Path) -> None:
    with served(Author(tmp_path / "project", POST.replace("[trade]", "['<b>']"))) as site:
        for path in ("/", "/nothing", "/feed.atom"):
            status, headers, text = site.ask(path)
            assert (status, headers["Content-Type"]) == (500, "text/html; charset=utf-8")
            assert f"<code>{PATH}:4</code> <b>undeclared-topic</b> &#x27;&lt;b&gt;&#x27;" in text
        with site.listening("/") as states:
            before = next(states)["version"]
            assert f"reload.js?{before}" in site.ask("/")[2]
            site.author.save(PATH, POST)
            site.author.plan()
            assert next(states)["version"] != before
        assert site.ask("/")[0] == 200


def test_a_page_is_told_when_it_is_another_and_what_is_wrong(site: Asked) -> None:
    """Its version is the one that its script was given, so that nothing is missed between the two."""
    with site.listening(POST_ADDRESS) as states, site.listening("/topics/") as others:
        first, other = next(states), next(others)
        assert f"reload.js?{first['version']}" in site.ask(POST_ADDRESS)[2]
        site.author.edit(PATH, "So importers", "So all importers")
        second = next(states)
        assert (second["version"] != first["version"], second["faults"]) == (True, [])
        site.author.edit(PATH, "[trade]", "[trad]")
        third, of_other = next(states), next(others)

    assert third["version"] == second["version"]
    assert third["faults"] == of_other["faults"]
    assert [row[:2] for row in third["faults"]] == [[f"{PATH}:4", "undeclared-topic"]]  # type: ignore[attr-defined]
    assert of_other["version"] == other["version"]  # it was told of nothing in between
