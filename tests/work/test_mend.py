"""Mechanical repairs: what they touch, and what they must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commentary.settings import load_settings
from commentary.work.mend import Edit, mend
from commentary.work.prepare import survey
from tests.factories import NOW, POST, TOPICS_YAML, write_project

if TYPE_CHECKING:
    from pathlib import Path

TOPICS = "content/data/topics.yaml"


def edits_of(folder: Path, posts: dict[str, str], **files: str) -> tuple[Edit, ...]:
    """The edits that would mend a project."""
    write_project(folder, posts, files={TOPICS: TOPICS_YAML} | files)
    return mend(survey(load_settings(folder / "pelicanconf.py"), now=NOW))


def test_a_topic_of_several_posts_is_declared_once(tmp_path: Path) -> None:
    posts = {
        "2025-04-29-a.md": POST.replace("[trade]", "[Arms Sales, trade]"),
        "2025-04-28-b.md": POST.replace("[trade]", "\n  - arms-sales\n  - 제재"),
    }

    (edit,) = edits_of(tmp_path, posts)

    assert edit.path == TOPICS
    assert edit.after == f"{TOPICS_YAML}arms-sales: {{name: Arms sales}}\n제재: {{name: 제재}}\n"


def test_a_last_line_that_is_not_ended_is_ended_first(tmp_path: Path) -> None:
    posts = {"2025-04-29-a.md": POST.replace("[trade]", "[new-topic]")}

    (edit,) = edits_of(tmp_path, posts, **{TOPICS: "trade:\n  name: Trade"})

    assert edit.after == "trade:\n  name: Trade\nnew-topic: {name: New topic}\n"


@pytest.mark.parametrize("topics", ["- trade\n", "trade: [\n", "{}\n"])
def test_topics_that_cannot_be_added_to_are_left_alone(topics: str, tmp_path: Path) -> None:
    posts = {"2025-04-29-a.md": POST.replace("[trade]", "[new-topic]")}

    assert edits_of(tmp_path, posts, **{TOPICS: topics}) == ()


def test_a_file_that_is_no_text_is_left_alone(tmp_path: Path) -> None:
    write_project(tmp_path)
    (tmp_path / "content/posts/2025-04-29-a.md").write_bytes(b"---\ntitle: a: \xff\n---\n")

    assert mend(survey(load_settings(tmp_path / "pelicanconf.py"), now=NOW)) == ()


def test_a_diff_names_the_file_and_both_lines() -> None:
    edit = Edit("content/posts/a.md", "title: a: b\n", 'title: "a: b"\n')

    assert edit.diff() == (
        '--- a/content/posts/a.md\n+++ b/content/posts/a.md\n@@ -1 +1 @@\n-title: a: b\n+title: "a: b"\n'
    )
