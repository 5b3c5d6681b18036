"""Copies of pages: read back as kept, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from warcio.archiveiterator import ArchiveIterator

from commentary.errors import CaptureError, OutputError
from commentary.snapshots.store import Snapshot, find, keep
from commentary.snapshots.taking import read_copy

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime(2025, 4, 30, 9, tzinfo=UTC)
KOREAN = Snapshot(
    "https://a.example/한 글?x=1", "<p>두 나라가 회담을 시작했다.</p>".encode("euc-kr"), "text/html; charset=euc-kr"
)
HEADERS = [("content-type", "text/html; charset=euc-kr"), ("content-encoding", "gzip"), ("set-cookie", "secret=1")]


@pytest.mark.parametrize("headers", [None, HEADERS], ids=["supplied", "fetched"])
def test_a_copy_is_read_back_with_its_charset(tmp_path: Path, headers: list[tuple[str, str]] | None) -> None:
    keep(tmp_path, KOREAN, at=DAY, headers=headers)
    found = find(tmp_path, KOREAN.url, KOREAN.sha256)

    assert found == KOREAN
    assert found.page.text == "두 나라가 회담을 시작했다."


PLAIN = b"The minister has <not> resigned.\r\nJohn <john@a.example> &amp; others\n wrote it.\n\n\nThe end."


@pytest.mark.parametrize("kind", ["text/plain", "Text/Plain; charset=utf-8"])
def test_plain_text_is_read_as_text(tmp_path: Path, kind: str) -> None:
    """A browser shows its tags and entities as they are; the same as HTML has them as tags and entities."""
    plain = Snapshot("https://a.example/a", PLAIN, kind)
    keep(tmp_path, plain, at=DAY, headers=[("content-type", kind)])
    found = find(tmp_path, plain.url, plain.sha256)

    assert found
    assert found.page.blocks == (
        "The minister has <not> resigned. John <john@a.example> &amp; others wrote it.",
        "The end.",
    )
    assert "not" not in Snapshot(plain.url, PLAIN, "text/html").page.text


def test_a_supplied_file_of_text_is_no_page(tmp_path: Path) -> None:
    for name in ("page.txt", "page.html"):
        (tmp_path / name).write_bytes(PLAIN)

    assert "<not>" in read_copy(tmp_path / "page.txt", "https://a.example/").snapshot.page.text
    assert "<not>" not in read_copy(tmp_path / "page.html", "https://a.example/").snapshot.page.text


def test_the_file_is_a_warc_that_others_read(tmp_path: Path) -> None:
    with keep(tmp_path, KOREAN, at=DAY, headers=HEADERS).open("rb") as stream:
        (record,) = ArchiveIterator(stream, check_digests="raise")
        names = {name.lower() for name, _ in record.http_headers.headers}

    assert record.rec_headers.get_header("WARC-Date") == "2025-04-30T09:00:00Z"
    assert record.rec_headers.get_header("WARC-Target-URI") == "https://a.example/%ED%95%9C%20%EA%B8%80?x=1"
    assert names == {"content-type"}  # the body is decompressed, and a cookie is nobody's business


def test_a_copy_is_found_by_its_own_address_and_hash_alone(tmp_path: Path) -> None:
    keep(tmp_path, KOREAN, at=DAY, headers=None)

    assert find(tmp_path, "https://b.example/", KOREAN.sha256) is None
    assert find(tmp_path, KOREAN.url, "0" * 64) is None


@pytest.mark.parametrize("kept", [slice(40), slice(-30), slice(0), slice(100, None)], ids=str)
def test_a_damaged_copy_is_as_good_as_none(tmp_path: Path, kept: slice) -> None:
    file = keep(tmp_path, KOREAN, at=DAY, headers=None)
    file.write_bytes(file.read_bytes()[kept])

    assert find(tmp_path, KOREAN.url, KOREAN.sha256) is None


def test_what_cannot_be_kept_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(OutputError, match="is not kept"):
        keep(tmp_path / "file", KOREAN, at=DAY, headers=None)


def test_menus_and_teasers_are_no_prose() -> None:
    words = "The ministry said on Tuesday that it would pause the tariffs for ninety days."
    page = Snapshot("https://a.example/", f"<nav>Home News</nav><p>{words}</p><p>Read more</p>".encode())

    assert (page.prose, page.words) == (words, 14)
    assert Snapshot("https://a.example/", b"<p>Short.</p>").prose == "Short."


def test_words_of_korean_are_counted_by_the_character() -> None:
    assert Snapshot("https://a.example/", ("<p>" + "정부는 오늘 발표했다. " * 4 + "</p>").encode()).words == 36


@pytest.mark.parametrize("body", [b"%PDF\0\1\2", b"x" * 5_000_001], ids=["binary", "large"])
def test_a_file_that_is_no_page_is_refused(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "page.html").write_bytes(body)

    with pytest.raises(CaptureError, match="save the page"):
        read_copy(tmp_path / "page.html", "https://a.example/")
    with pytest.raises(CaptureError, match="No such file"):
        read_copy(tmp_path / "none.html", "https://a.example/")
