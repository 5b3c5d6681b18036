"""A command is told of which posts it is to be; a name that stands for none says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commentary.errors import CommentaryError, CorpusError
from commentary.work.choose import choose_posts
from tests.factories import POST, make_settings, write_project

if TYPE_CHECKING:
    from pathlib import Path

PATH = "content/posts/2025-04-30-mm.md"


def chosen(project: Path, name: str) -> list[str]:
    return [post.path for post in choose_posts(make_settings(project), [name]).posts]


@pytest.mark.parametrize("name", ["mm", "2025-04-30-mm", "/2025/04/30/mm/", PATH])
def test_a_post_that_cannot_be_read_is_named_with_what_is_wrong(tmp_path: Path, name: str) -> None:
    project = write_project(tmp_path, {"2025-04-30-mm.md": POST.replace("title:", "titel:"), "2025-04-30-a.md": POST})
    name = f"{project}/{name}" if name == PATH else name

    with pytest.raises(CorpusError) as error:
        chosen(project, name)

    assert str(error.value) == f"{PATH}:2: error unknown-key: titel; did you mean title?"
    assert chosen(project, "a") == ["content/posts/2025-04-30-a.md"]


def test_another_posts_fault_does_not_answer_for_a_name(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"2025-04-30-mm.md": POST.replace("title:", "titel:"), "2025-04-30-a.md": POST})

    with pytest.raises(CommentaryError, match="m is no post; give a post's file or slug"):
        chosen(project, "m")


def test_a_post_of_topics_that_cannot_be_read_is_none_because_of_them(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"2025-04-30-mm.md": POST})
    (project / "content/data/topics.yaml").write_text("- trade\n", "utf-8")

    with pytest.raises(CorpusError, match=r"^content/data/topics\.yaml:1: error vocabulary: [^\n]+$"):
        chosen(project, "mm")


@pytest.mark.parametrize("name", ["a", "2025/04/30/a", "/2025/04/30/a/", "content/posts/2025-04-30-a.md", "whole path"])
def test_a_post_has_many_names_and_is_chosen_once(tmp_path: Path, name: str) -> None:
    project = write_project(tmp_path, {"2025-04-30-a.md": POST, "2025-04-29-b.md": POST})
    path = "content/posts/2025-04-30-a.md"
    name = f"{project}/content/../{path}" if name == "whole path" else name

    assert chosen(project, name) == [path]
    assert [post.path for post in choose_posts(make_settings(project), [name, "a"]).posts] == [path]


def test_without_names_all_are_chosen_that_are_not_withdrawn(tmp_path: Path) -> None:
    withdrawn = POST.replace("title:", "status: withdrawn\nreason: It was wrong.\ntitle:")
    project = write_project(tmp_path, {"2025-04-30-a.md": POST, "2025-04-29-b.md": withdrawn, "2025-04-28-c.md": POST})

    everything = choose_posts(make_settings(project), [])

    assert sorted(post.slug for post in everything.posts) == ["a", "c"]
    assert sorted(post.slug for post in everything.loaded.posts) == ["a", "b", "c"]
    with pytest.raises(CommentaryError, match="b is no post"):
        chosen(project, "b")
