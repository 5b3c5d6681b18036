"""A site's folders are read whole, and every fault of every file is reported."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from commentary.reading.load import Loaded, load
from commentary.settings import load_settings
from tests.factories import POST, make_settings, make_vocabulary, write_project

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = "---\ntitle: About\n---\nHello.\n"


def load_project(folder: Path, posts: dict[str, str] | None = None, **files: str) -> Loaded:
    return load(make_settings(write_project(folder, posts, files=files)))


def faults(loaded: Loaded) -> list[str]:
    return [f"{f.path}:{f.line} {f.rule}" for f in loaded.findings]


def test_a_sound_project_has_no_findings(tmp_path: Path) -> None:
    loaded = load_project(tmp_path, **{"content/pages/about.md": ABOUT})
    assert loaded.findings == ()
    assert [p.path for p in loaded.posts] == ["content/posts/2025-04-30-tariff-pause.md"]
    assert [d.path for d in loaded.documents] == ["content/pages/about.md"]
    assert loaded.vocabulary == make_vocabulary()


def test_posts_are_read_from_all_folders_in_the_order_of_their_paths(tmp_path: Path) -> None:
    loaded = load_project(tmp_path, {"b.md": POST, "a/z.md": POST, "a/b/y.MD": POST})
    assert [p.slug for p in loaded.posts] == ["y", "z", "b"]


def test_every_fault_of_every_file_is_reported(tmp_path: Path) -> None:
    posts = {
        "2025-04-30-good.md": POST,
        "2025-04-30-syntax.md": POST.replace("topics: [", "topics: @"),
        "2025-04-30-key.md": POST.replace("title:", "titel:"),
        "2025-04-30-day.md": POST.replace("date: 2025-04-30", "date: 2025-02-31"),
        "2025-04-30-topic.md": POST.replace("trade", "tradde"),
        "2025-04-30-warned.md": POST.replace("The Herald", "Nobody"),
    }
    loaded = load_project(tmp_path, posts, **{"content/pages/a.md": "A", "content/data/stories.yaml": "s: {}"})
    assert faults(loaded) == [
        "content/data/stories.yaml:1 vocabulary",
        "content/pages/a.md:1 front-matter",
        "content/posts/2025-04-30-day.md:3 bad-value",
        "content/posts/2025-04-30-key.md:2 unknown-key",
        "content/posts/2025-04-30-syntax.md:4 front-matter",
        "content/posts/2025-04-30-topic.md:4 undeclared-topic",
        "content/posts/2025-04-30-warned.md:6 undeclared-publication",
    ]
    assert [p.slug for p in loaded.posts] == ["good", "warned"]


@pytest.mark.parametrize("name", [".a.md", "a.md~", ".#a.md", "#a.md#", ".a.md.swp", "a.md.orig", "a.png", ".git/a.md"])
def test_what_editors_leave_behind_is_ignored(tmp_path: Path, name: str) -> None:
    assert load_project(tmp_path, {name: "no post"}) == load_project(tmp_path, {})


@pytest.mark.parametrize("name", ["a.markdown", "a.txt", "a.mdx"])
def test_a_text_under_another_name_is_not_passed_over(tmp_path: Path, name: str) -> None:
    assert faults(load_project(tmp_path, {name: POST})) == [f"content/posts/{name}:1 unreadable"]


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    write_project(tmp_path, {})
    posts = tmp_path / "content/posts"
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.md").write_text(POST, "utf-8")
    (posts / "folder").symlink_to(tmp_path / "elsewhere")
    (posts / "link.md").symlink_to(tmp_path / "elsewhere/a.md")
    os.mkfifo(posts / "pipe.md")
    assert faults(load(make_settings(tmp_path))) == [
        "content/posts/folder:1 unreadable",
        "content/posts/link.md:1 unreadable",
        "content/posts/pipe.md:1 unreadable",
    ]


def test_names_that_no_line_can_show_are_refused(tmp_path: Path) -> None:
    write_project(tmp_path, {})
    posts = tmp_path / "content/posts"
    (posts / "two\nlines.md").write_text(POST, "utf-8")
    (posts / os.fsdecode(b"latin-\xe1.md")).write_text(POST, "utf-8")
    loaded = load(make_settings(tmp_path))
    assert loaded.posts == ()
    assert faults(loaded) == [
        "content/posts/latin-\\xe1.md:1 unreadable",
        "content/posts/two\\x0alines.md:1 unreadable",
    ]
    assert all(str(f).isprintable() for f in loaded.findings)


def test_a_site_without_a_folder_of_posts_has_none_yet(tmp_path: Path) -> None:
    """Git keeps no empty folder; a missing content folder is a mistake in the settings."""
    project = write_project(tmp_path, {})
    (project / "content/posts").rmdir()
    settings = load_settings(project / "pelicanconf.py")

    assert load(settings).findings == ()
    shutil.rmtree(project / "content")
    assert [str(f) for f in load(settings).findings] == [
        "content:1: error unreadable: there is no such folder; create it, or mend PATH in the settings"
    ]
