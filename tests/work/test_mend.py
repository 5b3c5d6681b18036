"""Mechanical repairs: what they touch, and what they must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commentary.errors import OutdatedError
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


def test_what_its_author_saved_meanwhile_stays(tmp_path: Path) -> None:
    """An edit takes the place of the text that it was made from, keeps the file's mode, and of no other."""
    file = tmp_path / "a.md"
    file.write_text("before", "utf-8")
    file.chmod(0o600)
    edit = Edit("a.md", "before", "after")

    edit.write(tmp_path)
    assert (file.read_text("utf-8"), file.stat().st_mode & 0o777) == ("after", 0o600)

    for edit_of_another in (edit, Edit("a.md", "", "after")):
        with pytest.raises(OutdatedError, match=r"a\.md was saved meanwhile"):
            edit_of_another.write(tmp_path)
    assert file.read_text("utf-8") == "after"

    Edit("b.md", "", "new").write(tmp_path)
    assert (tmp_path / "b.md").read_text("utf-8") == "new"


def test_a_post_that_a_link_or_a_hidden_folder_leads_to_is_left_alone(tmp_path: Path) -> None:
    """A check does not read it either."""
    text = POST.replace("title: ", "title: Only: ")
    (edit,) = edits_of(tmp_path, {"2025-04-29-a.md": text, ".old/2025-04-28-b.md": text})
    assert edit.path == "content/posts/2025-04-29-a.md"

    file = tmp_path / "content/posts/2025-04-29-a.md"
    file.rename(tmp_path / "a.md")
    file.symlink_to(tmp_path / "a.md")
    (tmp_path / "content/posts/2025-04-30-folder.md").mkdir()
    assert mend(survey(load_settings(tmp_path / "pelicanconf.py"), now=NOW)) == ()
