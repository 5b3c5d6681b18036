"""A file is replaced whole or not at all, whoever else replaces it; a folder is held by one at a time."""

import os
import threading

import pytest

from commentary.files import locked, replace_file


def test_many_who_replace_one_file_leave_the_whole_of_one_and_nothing_else(tmp_path):
    contents = [bytes([number]) * 100_000 for number in range(8)]
    writers = [
        threading.Thread(target=lambda c=content: [replace_file(tmp_path / "a", c) for _ in range(20)])
        for content in contents
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert (tmp_path / "a").read_bytes() in contents
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("durable", [False, True])
def test_what_cannot_be_replaced_stays_and_nothing_lies_beside_it(tmp_path, durable):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b").write_bytes(b"before")
    replace_file(tmp_path / "a/b", b"after", durable=durable)
    assert (tmp_path / "a/b").read_bytes() == b"after"

    with pytest.raises(OSError, match="a"):
        replace_file(tmp_path / "a", b"after", durable=durable)

    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_the_longest_name_that_a_file_may_have_can_be_replaced(tmp_path):
    replace_file(tmp_path / ("n" * 255), b"content")

    assert (tmp_path / ("n" * 255)).read_bytes() == b"content"


def test_what_must_last_is_on_the_disk_before_it_takes_its_place(tmp_path, monkeypatch):
    """Else a power cut could leave an empty file in the place of the only copy; what can be made anew does not wait."""
    (tmp_path / "a").write_bytes(b"before")
    sizes = []
    monkeypatch.setattr(os, "fsync", lambda fd: sizes.append((os.fstat(fd).st_size, (tmp_path / "a").read_bytes())))

    replace_file(tmp_path / "a", b"after", durable=True)
    assert sizes == [(len(b"after"), b"before")]

    replace_file(tmp_path / "a", b"again")
    assert len(sizes) == 1


def test_a_folder_is_held_by_one_at_a_time_and_is_free_again_after_it(tmp_path):
    with locked(tmp_path, wait=False), pytest.raises(BlockingIOError), locked(tmp_path, wait=False):
        pass

    with locked(tmp_path, wait=False):
        assert list(tmp_path.iterdir()) == []
