"""A long run tells on a terminal how far it is, and hands everything on; one that is soon done says nothing."""

import threading

import pytest

from commentary.work.progress import MANY, on_terminal


@pytest.fixture
def terminal(monkeypatch, capsys):
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    return capsys


@pytest.mark.parametrize(("slow", "number"), [(False, MANY), (True, 2)])
def test_what_takes_long_is_shown_on_a_terminal(terminal, slow, number):
    assert list(on_terminal("Saving", slow=slow)(range(number), number)) == [*range(number)]

    assert "Saving" in terminal.readouterr().err


@pytest.mark.parametrize("slow", [False, True])
def test_nothing_is_shown_of_few_quick_items_or_where_there_is_no_terminal(terminal, monkeypatch, slow):
    if slow:
        monkeypatch.setenv("TTY_COMPATIBLE", "0")
    assert list(on_terminal("Saving", slow=slow)(range(2), 2)) == [0, 1]

    assert terminal.readouterr().err == ""


def test_a_build_is_shown_without_a_thread_that_would_keep_it_from_forking(terminal):
    before = threading.active_count()

    assert {threading.active_count() for _ in on_terminal("Rendering")(range(MANY), MANY)} == {before}
    assert "Rendering" in terminal.readouterr().err
    assert max(threading.active_count() for _ in on_terminal("Saving", slow=True)(range(2), 2)) > before
