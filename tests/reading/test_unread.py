"""A file that nothing reads was meant to be read: it is not passed over in silence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from commentary.reading.load import load
from tests.factories import POST, make_settings, write_project

if TYPE_CHECKING:
    from pathlib import Path


def told(folder: Path, *names: str) -> list[str]:
    """What is found in a sound project with these files beside, without what all such findings say."""
    project = write_project(folder, files=dict.fromkeys(names, POST))
    findings = load(make_settings(project)).findings
    assert all((f.line, f.rule, str(f.severity)) == (1, "unread", "warning") for f in findings)
    return [f"{f.path}: {f.message.removeprefix('nothing reads this ')}" for f in findings]


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("2026-11-20-a.md", "file; did you mean content/posts/2026-11-20-a.md?"),
        ("about.md", "file; did you mean content/posts/about.md or content/pages/about.md?"),
        ("tank.JPG", "file; did you mean content/images/tank.JPG?"),
        ("topics.yaml", "file; did you mean content/data/topics.yaml?"),
        ("CNAME", "file; put it into content/extra if readers are to get it, or move it away"),
        ("data/topic.yaml", "file; did you mean content/data/topics.yaml?"),
        ("data/Topics.yml", "file; did you mean content/data/topics.yaml?"),
        ("data/2026-11-20-a.md", "file; did you mean content/posts/2026-11-20-a.md?"),
        ("data/notes.csv", "file; put it into content/extra if readers are to get it, or move it away"),
    ],
)
def test_a_file_that_nothing_reads_is_found_with_its_place(tmp_path: Path, name: str, way: str) -> None:
    assert told(tmp_path, f"content/{name}") == [f"content/{name}: {way}"]


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("post", "did you mean content/posts?"),
        ("posts2", "did you mean content/posts?"),
        ("Pages", "did you mean content/pages?"),
        ("data/ledgr", "did you mean content/data/ledger?"),
        ("drafts", "move what is in it into content/posts, content/pages or content/images, or away"),
    ],
)
def test_a_folder_that_nothing_reads_is_found_once(tmp_path: Path, name: str, way: str) -> None:
    files = (f"content/{name}/{file}" for file in ("x.md", "2026/y.md"))

    assert told(tmp_path, *files) == [f"content/{name}: folder; {way}"]


@pytest.mark.parametrize(
    "name",
    [
        *("README", "README.md", "data/readme.txt", "LICENSE", "Thumbs.db", ".DS_Store", ".git/config", "drafts/.gitkeep"),
        *("data/topics.yaml~", "data/#topics.yaml#", "data/.topics.yaml.swp", "a.md.orig", "data/topics.yaml.bak"),
        *("extra/anything/at.all", "posts/2026/a.png"),
    ],
)  # fmt: skip
def test_what_is_not_meant_for_the_site_is_passed_over(tmp_path: Path, name: str) -> None:
    assert told(tmp_path, f"content/{name}") == []


def test_an_empty_folder_is_passed_over(tmp_path: Path) -> None:
    """Git keeps none, and an author may be about to fill it."""
    (tmp_path / "content/drafts/2026").mkdir(parents=True)

    assert told(tmp_path) == []


def test_a_content_folder_of_another_name_is_named_as_it_is(tmp_path: Path) -> None:
    (write_project(tmp_path) / "content").rename(tmp_path / "texts")
    (tmp_path / "texts/post").mkdir()
    (tmp_path / "texts/post/a.md").write_text(POST, "utf-8")

    findings = load(make_settings(tmp_path, content=tmp_path / "texts")).findings

    assert [f.path for f in findings if f.rule == "unread"] == ["texts/post"]
    assert findings[-1].message == "nothing reads this folder; did you mean texts/posts?"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_that_no_line_can_show_is_escaped(tmp_path: Path) -> None:
    project = write_project(tmp_path)
    (project / "content" / os.fsdecode(b"a\xe1\n.md")).write_text(POST, "utf-8")

    (finding,) = load(make_settings(project)).findings

    assert str(finding).isprintable()
