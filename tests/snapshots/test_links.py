"""What has become of an address, told from the answers of a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commentary.ledger import LinkState
from commentary.snapshots.links import Look, look
from tests.fetching.local_server import Answer, LocalServer, page, redirect

if TYPE_CHECKING:
    from commentary.quotation.page_text import PageText

STORY = "<title>Tariffs</title><p>We will pause the tariffs for ninety days, the minister said.</p>"
LOST = "<title>Page not found</title><h1>404</h1><p>Sorry.</p>"
LONG = f"<title>Flight 404 not found, ten years on</title><p>{'The search for it goes on. ' * 40}</p>"


def holds(text: PageText) -> bool:
    return "ninety days" in text.text


def looked(answers: dict[str, Answer], *, quoted: bool = False, before: Look | None = None, path: str = "/a") -> Look:
    with LocalServer(answers) as server:
        return look(server.url + path, holds=holds if quoted else None, before=before, allow_loopback=True)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({"/a": page(STORY)}, LinkState.LIVE),
        ({"/a": redirect("/b"), "/b": page(STORY)}, LinkState.LIVE),
        ({"/a": redirect("/a/", status="301 Moved Permanently"), "/a/": page(STORY)}, LinkState.LIVE),
        ({"/a": redirect("/b", status="301 Moved Permanently"), "/b": page(STORY)}, LinkState.MOVED),
        ({"/a": redirect("/b", status="308 Permanent Redirect"), "/b": page(STORY)}, LinkState.MOVED),
        ({"/a": page("robots", status="403 Forbidden")}, LinkState.REFUSED),
        ({"/a": page("slow down", status="429 Too Many Requests")}, LinkState.REFUSED),
        ({"/a": page(LOST)}, LinkState.SOFT_404),
        ({"/a": page("<title>페이지를 찾을 수 없습니다</title>")}, LinkState.SOFT_404),
        ({"/a": page(LONG)}, LinkState.LIVE),
        ({"/a": redirect("/"), "/": page(STORY)}, LinkState.SOFT_404),
        ({"/a": page(b"%PDF", kind="application/pdf")}, LinkState.LIVE),
        ({}, None),
        ({"/a": page("gone", status="410 Gone")}, None),
        ({"/a": page("oops", status="500 Internal Server Error")}, None),
        ({"/a": redirect("/a")}, None),
    ],
)
def test_an_answer_has_its_state(answers: dict[str, Answer], state: LinkState | None) -> None:
    assert looked(answers).state == state


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (page(STORY), LinkState.LIVE),
        (page(STORY.replace("ninety", "sixty")), LinkState.DRIFTED),
        (page(STORY.replace("Tariffs", "404 not found")), LinkState.LIVE),
        (page(LOST), LinkState.SOFT_404),
    ],
    ids=["words stand", "words gone", "words stand under any title", "page gone"],
)
def test_a_page_that_we_quoted_must_still_have_the_words(answer: Answer, state: LinkState) -> None:
    assert looked({"/a": answer}, quoted=True).state == state


def test_a_failure_says_why_in_one_line() -> None:
    assert looked({}).reason == "the server answered 404"
    closed = look("http://127.0.0.1:9/", holds=None, before=None, allow_loopback=True)

    assert closed.state is None
    assert "does not accept a connection" in (closed.reason or "")


def test_where_a_page_moved_to_is_known() -> None:
    answers = {"/a": redirect("/b", status="301 Moved Permanently"), "/b": page(STORY)}

    assert (looked(answers).target or "").endswith("/b")


def test_a_page_that_has_not_changed_is_not_fetched_again() -> None:
    answers = {"/a": page(STORY, headers='ETag: "1"\r\n')}
    with LocalServer(answers) as server:
        first = look(f"{server.url}/a", holds=holds, before=None, allow_loopback=True)
        second = look(f"{server.url}/a", holds=holds, before=first, allow_loopback=True)
        methods = [request.split()[0] for request in server.requests]

    assert (first.state, second) == (LinkState.LIVE, first)
    assert methods == ["HEAD", "GET", "HEAD"]


def test_a_change_within_the_same_second_is_seen() -> None:
    """Last-Modified alone would not tell (RFC 9110, 8.8.2.2)."""
    headers = "Date: Wed, 30 Apr 2025 09:00:00 GMT\r\nLast-Modified: Wed, 30 Apr 2025 09:00:00 GMT\r\n"
    first = looked({"/a": page(STORY, headers=headers)}, quoted=True)
    changed = page(STORY.replace("ninety", "sixty"), headers=headers)

    assert (first.state, first.last_modified) == (LinkState.LIVE, "")
    assert looked({"/a": changed}, quoted=True, before=first).state == LinkState.DRIFTED
