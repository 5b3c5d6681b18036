"""A table is read back as it was last kept, whatever changed in between, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.caching import read_kept
from commentary.tables import Table

ROWS = {str(number): (number, "a row") for number in range(2000)}

keys = st.integers(1950, 2050).map(str)  # the half of them new
some_rows = st.dictionaries(keys, st.tuples(st.integers(), st.text(max_size=3)))


def read(file):
    table = Table(file)
    return table.rows, table.header, table.note


@given(turns=st.lists(st.tuples(some_rows, st.sets(keys)), max_size=5))
def test_what_is_read_is_what_was_kept_last(tmp_path_factory, turns):
    file = tmp_path_factory.mktemp("table") / "rows"
    rows = ROWS
    Table(file).keep(rows, "turn 0")
    for number, (new, gone) in enumerate(turns, start=1):
        rows = {key: row for key, row in {**rows, **new}.items() if key not in gone}
        Table(file).keep(rows, f"turn {number}")

        assert read(file) == (rows, f"turn {number}", None)


def test_one_who_keeps_twice_keeps_the_later(tmp_path):
    table = Table(tmp_path / "rows")
    for number in range(3):
        table.keep({**ROWS, "new": (number, "")}, number)

    assert read(tmp_path / "rows") == ({**ROWS, "new": (2, "")}, 2, None)


def test_one_who_stays_reads_again_what_another_has_kept_since_and_only_that(tmp_path, monkeypatch):
    file, read = tmp_path / "rows", []
    monkeypatch.setattr("commentary.tables.read_kept", lambda each: read.append(each.name) or read_kept(each))
    table = Table(file)
    table.keep(ROWS, "mine")
    read.clear()
    table.again()
    assert (table.rows, table.header, read) == (ROWS, "mine", [])

    Table(file).keep({**ROWS, "new": (0, "")}, "another's")
    read.clear()
    table.again()

    assert (table.rows, table.header, read) == ({**ROWS, "new": (0, "")}, "another's", ["rows", "rows.changes"])


def test_a_small_change_leaves_the_whole_as_it_is(tmp_path):
    file = tmp_path / "rows"
    Table(file).keep(ROWS, "before")
    whole = file.read_bytes()
    table = Table(file)
    table.keep({**table.rows, "new": (0, "")}, "after")

    assert file.read_bytes() == whole
    assert (tmp_path / "rows.changes").stat().st_size < len(whole) / 20

    table.keep({key: (*row, "more") for key, row in ROWS.items()}, "all of it")

    assert file.read_bytes() != whole


def test_what_was_never_kept_is_nothing_and_no_news(tmp_path):
    assert read(tmp_path / "rows") == ({}, None, None)


@pytest.mark.parametrize("name", ["rows", "rows.changes"])
def test_a_file_that_is_damaged_or_missing_makes_nothing_of_both(tmp_path, name):
    Table(tmp_path / "rows").keep(ROWS, "before")
    file = tmp_path / name
    file.write_bytes(file.read_bytes()[:-1])

    assert read(tmp_path / "rows") == ({}, None, f"{file} is damaged; everything is made anew")

    file.unlink()

    assert read(tmp_path / "rows") == ({}, None, None)


def test_changes_of_another_whole_are_not_taken_for_its_own(tmp_path):
    """A build that is killed between the two files leaves such a pair."""
    Table(tmp_path / "rows").keep(ROWS, "before")
    changes = (tmp_path / "rows.changes").read_bytes()
    Table(tmp_path / "rows").keep({"alone": (1, "")}, "after")
    (tmp_path / "rows.changes").write_bytes(changes)

    assert read(tmp_path / "rows") == ({}, None, None)
