"""What is kept is read back as it was, or not at all."""

import os
import time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.caching import Memo, Memos, Recent, forget, is_marked, keep, mark, read_kept

VALUE = {"a": ("b", 1, None), "관세": [True, 2.5]}
SECOND = 1_000_000_000


def test_what_is_kept_is_read_back(tmp_path):
    keep(tmp_path / "deep/kept", VALUE)

    assert read_kept(tmp_path / "deep/kept") == (VALUE, None)
    assert [file.name for file in (tmp_path / "deep").iterdir()] == ["kept"]


def test_what_was_never_kept_is_nothing_and_no_news(tmp_path):
    assert read_kept(tmp_path / "kept") == (None, None)


@given(st.data())
def test_damage_anywhere_makes_nothing_of_it(tmp_path_factory, data):
    """A byte less, a byte more, a byte another: one line says so."""
    file = tmp_path_factory.mktemp("damage") / "kept"
    keep(file, VALUE)
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.binary(max_size=2).filter(lambda b: b != whole[at : at + 1]))
    file.write_bytes(whole[:at] + byte + whole[at + 1 :])

    value, note = read_kept(file)

    assert value is None
    assert note in (
        f"{file} is damaged; everything is made anew",
        f"{file} is by another version of the program; everything is made anew",
    )


def test_a_file_in_the_place_of_another_counts_as_damaged(tmp_path):
    """Whole as it is, it holds something else than its readers expect."""
    for name in ("posts/index", "search/index", "search/postings"):
        keep(tmp_path / name, VALUE)
    whole = (tmp_path / "search/index").read_bytes()
    (tmp_path / "search/postings").write_bytes(whole)
    (tmp_path / "posts/index").write_bytes(whole)

    assert read_kept(tmp_path / "search/index") == (VALUE, None)
    for name in ("search/postings", "posts/index"):
        file = tmp_path / name
        assert read_kept(file) == (None, f"{file} is damaged; everything is made anew")


def test_a_cache_that_cannot_be_written_is_only_not_saved(tmp_path):
    (tmp_path / "file").write_text("")

    keep(tmp_path / "file/kept", VALUE)

    assert read_kept(tmp_path / "file/kept").value is None


def test_no_cache_forgets_builds_and_nothing_else(tmp_path):
    for name in ("builds/a", "posts/index", "search/s", "images/i", "links.json", "other/x"):
        keep(tmp_path / name, VALUE)

    forget(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["links.json", "other"]


@pytest.mark.parametrize(("age", "expected"), [(SECOND // 2 + 7, True), (7, False), (-SECOND, False)])
def test_a_file_is_believed_once_the_clock_has_moved_on(tmp_path, age, expected):
    """An edit within a tick of the clock may leave the same time."""
    file = tmp_path / "file"
    file.write_text("x")
    now = time.time_ns() // SECOND * SECOND
    os.utime(file, ns=(now - age, now - age))
    status = file.stat()

    assert is_marked(status, mark(status, now)) == expected


def test_a_clock_of_whole_seconds_is_doubted_for_longer(tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    now = time.time_ns() // SECOND * SECOND
    believed = []
    for age in (1, 3):
        os.utime(file, ns=(now - age * SECOND, now - age * SECOND))
        believed.append(is_marked(file.stat(), mark(file.stat(), now)))

    assert believed == [False, True]


def asked(file, *digests, make):
    """The values of a run that asks for these."""
    memo = Memo(file)
    values = [memo.of(digest, lambda digest=digest: make(digest)) for digest in digests]
    memo.keep()
    return values


def test_what_was_made_once_is_not_made_again(tmp_path):
    made = []

    def make(digest):
        made.append(digest)
        return digest.upper()

    assert asked(tmp_path / "m", "a", "b", "a", make=make) == ["A", "B", "A"]
    assert asked(tmp_path / "m", "b", "c", make=make) == ["B", "C"]
    assert made == ["a", "b", "c"]


def test_what_a_run_does_not_ask_for_is_forgotten_unless_it_asks_for_nothing(tmp_path):
    asked(tmp_path / "m", "a", "b", make=str.upper)
    asked(tmp_path / "m", make=str.upper)
    assert asked(tmp_path / "m", "a", make=lambda _: "new") == ["A"]
    assert asked(tmp_path / "m", "b", make=lambda _: "new") == ["new"]


def test_a_memo_that_stays_remembers_what_a_new_one_would_read(tmp_path):
    memo, runs = Memo(tmp_path / "m"), [("a", "b"), (), ("b", "c"), ("a",)]
    for number, digests in enumerate(runs):
        make = partial(str.format, "{1} of {0}", number)
        held = [memo.of(digest, partial(make, digest)) for digest in digests]
        memo.keep()

        assert held == asked(tmp_path / "fresh", *digests, make=make)
        assert read_kept(tmp_path / "m") == read_kept(tmp_path / "fresh")


def test_without_a_file_nothing_is_kept():
    assert asked(None, "a", "a", make=str.upper) == ["A", "A"]
    assert asked(None, "a", make=str.lower) == ["a"]


def test_what_is_recent_is_at_hand_and_never_too_much():
    recent = Recent(3)
    for number in range(10):
        assert recent.of(number, lambda number=number: str(number)) == str(number)
        for last in range(max(0, number - 2), number + 1):
            assert recent.of(last, lambda: pytest.fail("it had to be made again")) == str(last)
        assert len(recent) <= 6


def test_what_is_asked_for_again_and_again_stays_at_hand():
    recent = Recent(2)
    recent.of("often", lambda: "made")
    for number in range(10):
        recent.of(number, lambda: "once")
        assert recent.of("often", lambda: "made again") == "made"


def test_the_memos_of_a_folder_are_kept_by_their_names(tmp_path):
    memos = Memos(tmp_path)
    assert memos["a"].of_each(["x", "y", "x"], str.upper, str.title) == ["X", "Y", "X"]
    assert memos["b"].of("X", lambda: 1) == 1
    memos.keep()

    again = Memos(tmp_path)
    assert again["a"].of_each(["y", "z"], str.upper, lambda item: f"new {item}") == ["Y", "new z"]
    assert again["b"].of("X", lambda: 2) == 1
    assert Memos()["a"].of("X", lambda: 3) == 3
