"""Files are opened with care, and hold text."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from commentary.errors import PostSyntaxError
from commentary.reading.text import MAX_BYTES, clean, read_file

if TYPE_CHECKING:
    from pathlib import Path


def refusal(file: Path) -> str:
    with pytest.raises(PostSyntaxError) as caught:
        read_file(file, path="a.md")
    assert {f.rule for f in caught.value.findings} == {"unreadable"}
    return str(caught.value)


@pytest.mark.parametrize("written", ["\ufeffa\nb\n", "a\r\nb\r\n", "a\nb", "\ufeffa\r\nb", "a\rb\r"])
def test_marks_and_line_ends_make_no_difference(tmp_path: Path, written: str) -> None:
    (tmp_path / "a.md").write_bytes(written.encode())
    assert read_file(tmp_path / "a.md", path="a.md") == "a\nb\n"


def test_text_of_any_script_is_kept() -> None:
    text = "한국어\t“quoted” […] 🇰🇷 e\u0301 \u00a0\u200d\n"
    assert clean(text, path="a.md") == text


@pytest.mark.parametrize("char", ["\0", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\u2028", "\ud800", "\ufeff"])
def test_control_characters_are_named_with_their_line(char: str) -> None:
    with pytest.raises(PostSyntaxError) as caught:
        clean(f"one\ntwo {char}\nthree {char}{char}\n", path="a.md")
    assert [(f.line, f"U+{ord(char):04X}" in f.message) for f in caught.value.findings] == [(2, True), (3, True)]


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ("title: á\n".encode("latin-1"), "Latin-1"),
        ("\ufefftitle: á\n".encode("utf-16-le"), "UTF-16"),
        ("\ufefftitle: á\n".encode("utf-16-be"), "UTF-16"),
    ],
)
def test_other_encodings_are_guessed(tmp_path: Path, data: bytes, hint: str) -> None:
    (tmp_path / "a.md").write_bytes(data)
    assert refusal(tmp_path / "a.md").startswith("a.md:1: error unreadable: byte 0x")
    assert hint in refusal(tmp_path / "a.md")


def test_the_line_of_a_stray_byte_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"one\ntwo \xff\n")
    assert refusal(tmp_path / "a.md").startswith("a.md:2: ")


def test_merge_conflict_is_named_as_such() -> None:
    with pytest.raises(PostSyntaxError, match=r"^a.md:2: error unreadable: a merge conflict begins here"):
        clean("one\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n", path="a.md")


def test_a_heading_and_a_nested_quotation_are_no_merge_conflict() -> None:
    text = "Heading\n=======\n\n>>>>>>> deep\n"
    assert clean(text, path="a.md") == text


def test_large_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a" * MAX_BYTES)
    assert len(read_file(tmp_path / "a.md", path="a.md")) == MAX_BYTES + 1  # a line feed is added
    (tmp_path / "a.md").write_bytes(b"a" * (MAX_BYTES + 1))
    assert "larger than 1 MB" in refusal(tmp_path / "a.md")


def test_links_pipes_and_folders_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("a\n", "utf-8")
    (tmp_path / "link.md").symlink_to("target")
    (tmp_path / "dangling.md").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    assert "a symbolic link" in refusal(tmp_path / "link.md")
    assert "a symbolic link" in refusal(tmp_path / "dangling.md")
    assert "a named pipe" in refusal(tmp_path / "pipe.md")
    assert "a folder" in refusal(tmp_path / "folder.md")
    assert "cannot be opened" in refusal(tmp_path / "missing.md")
    assert read_file(tmp_path / "target", path="a.md") == "a\n"
