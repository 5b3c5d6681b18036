"""A web archive is asked for a copy: here one that answers like the Wayback Machine, on this machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from commentary.errors import SnapshotError
from commentary.ledger import Memento
from commentary.snapshots.wayback import MOST_WAIT, archive
from tests.fetching.local_server import Answer, LocalServer, page, redirect

URL = "https://herald.example/a?b=1"
SAVE = f"/save/{URL}"
MADE = f"/web/20250430090102/{URL}"
MOMENT = datetime(2025, 4, 30, 9, 1, 2, tzinfo=UTC)


def ask(server: LocalServer) -> Memento:
    return archive(URL, base=server.url, allow_loopback=True)


@pytest.mark.parametrize(
    ("answer", "moment"),
    [
        (redirect(MADE), MOMENT),
        (page("saved", headers=f"Content-Location: {MADE}\r\n"), MOMENT),
        (
            page("", headers=f"Content-Location: {MADE}\r\nMemento-Datetime: Wed, 30 Apr 2025 09:01:05 GMT\r\n"),
            MOMENT.replace(second=5),
        ),
        (
            page("", headers=f"Content-Location: {MADE}\r\nMemento-Datetime: Fri, 31 Dec 9999 23:59:59 -0900\r\n"),
            MOMENT,
        ),
    ],
    ids=["redirect", "content-location", "memento-datetime", "no moment"],
)
def test_the_memento_is_what_the_archive_says_it_made(answer: bytes, moment: datetime) -> None:
    with LocalServer({SAVE: answer}) as server:
        assert ask(server) == Memento(url=URL, at=moment, uri=server.url + MADE)
        assert len(server.requests) == 1


def test_a_busy_archive_is_asked_again_when_it_says() -> None:
    answers = iter([page("busy", status="429 Too Many Requests", headers="Retry-After: 1\r\n"), redirect(MADE)])

    def answer(connection) -> None:
        connection.sendall(next(answers).replace(b"\r\n", b"\r\nConnection: close\r\n", 1))

    with LocalServer({SAVE: answer}) as server:
        assert ask(server).uri == server.url + MADE
        assert len(server.requests) == 2


@pytest.mark.parametrize("wait", ["\u00b2", "9" * 5000, "Fri, 31 Dec 9999 23:59:59 -0900", "soon"])
def test_a_busy_archive_that_does_not_say_when_is_asked_again_later(monkeypatch: pytest.MonkeyPatch, wait: str) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    busy = page("busy", status="429 Too Many Requests", headers=f"Retry-After: {wait}\r\n")

    with LocalServer({SAVE: busy}) as server, pytest.raises(SnapshotError, match="answered 429"):
        ask(server)
    assert waited == [MOST_WAIT]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page("busy", status="429 Too Many Requests", headers="Retry-After: 3600\r\n"), "try again after 3600 s"),
        (page("no", status="523 Origin Is Unreachable"), "answered 523 for https://herald"),
        (page("what?"), "did not say where it keeps"),
        (redirect("https://elsewhere.example/web/20250430090102/x"), "did not say where it keeps"),
        (redirect("/web/20259930090102/x"), "no day of the calendar"),
    ],
    ids=["busy", "failing", "silent", "elsewhere", "no day"],
)
def test_an_archive_that_makes_no_copy_is_one_line(answer: Answer, reason: str) -> None:
    with LocalServer({SAVE: answer}) as server, pytest.raises(SnapshotError, match=reason) as caught:
        ask(server)
    assert "\n" not in str(caught.value)
    assert len(server.requests) == 1
