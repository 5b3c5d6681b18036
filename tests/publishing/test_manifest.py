"""The manifest says which files are ours; what cannot be trusted says nothing."""

import json

import pytest

from commentary.publishing.manifest import VERSION, content_hash, manifest_bytes, read_manifest

HASH = content_hash(b"content")


@pytest.mark.parametrize(
    "name", ["a/index.html", 'a"b', "a\\b", "a\nb", "관세/é.html", "a\u2028b", "n" * 255, "é" * 127]
)
def test_what_is_written_is_read_back(tmp_path, name):
    files = {name: HASH, "z.html": HASH}
    (tmp_path / "manifest").write_bytes(manifest_bytes(files))

    assert read_manifest(tmp_path / "manifest") == files


def test_a_manifest_of_nothing_is_one(tmp_path):
    (tmp_path / "manifest").write_bytes(manifest_bytes({}))

    assert read_manifest(tmp_path / "manifest") == {}


def test_files_stand_in_order_a_line_each_as_they_are_called():
    text = manifest_bytes({"b.html": HASH, "관.html": HASH, 'a".html': HASH}).decode()

    assert [line.partition(": ")[0] for line in text.splitlines()[3:6]] == [r'"a\".html"', '"b.html"', '"관.html"']


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"version": VERSION},
        {"files": {"a": HASH}},
        {"version": VERSION + 1, "files": {"a": HASH}},
        {"version": VERSION, "files": [["a", HASH]]},
        {"version": VERSION, "files": {"a": 1}},
        *(
            {"version": VERSION, "files": {path: HASH}}
            for path in ("", "/a", "a/", "a//b", ".", "a/./b", "..", "a/../../b")
        ),
        *({"version": VERSION, "files": {path: HASH}} for path in ("a\0b", "n" * 256, "é" * 128, "a/" + "n" * 256)),
    ],
)
def test_what_cannot_be_trusted_is_no_manifest(tmp_path, data):
    """Nothing is deleted by it: its names may lead out of the folder."""
    (tmp_path / "manifest").write_text(json.dumps(data), "utf-8")

    assert read_manifest(tmp_path / "manifest") is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000, b'{"version": 1, "files": {"\\ud800": "x"}}'])
def test_damaged_bytes_are_no_manifest(tmp_path, content):
    (tmp_path / "manifest").write_bytes(content)

    assert read_manifest(tmp_path / "manifest") is None
    assert read_manifest(tmp_path / "none") is None
