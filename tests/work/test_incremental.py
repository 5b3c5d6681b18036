"""A build renders what changed and nothing else, and what it skips is what it would have made."""

import pytest

from tests.folders import tree
from tests.work.building import build
from tests.work.editing import QUOTATIONS, RECEIPT, RENAMED_RECEIPT, SEARCH, SIZE, STORY, Project


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("incremental"), SIZE)
    assert len(project.build().rendered) > 3 * SIZE
    assert project.build().rendered == set()
    return project


def rendered_in_vain(project):
    built = project.build()
    assert built.changed, "the change changed nothing"
    assert len(built.rendered) < SIZE
    return built.rendered - built.changed


def test_one_new_post_renders_what_it_changes(project):
    project.add(SIZE)

    assert rendered_in_vain(project) == set()


def test_one_edited_post_renders_what_it_changes(project):
    """A sentence more of ours, in a post of a story."""
    number = next(n for n in range(150, SIZE) if project.corpus.item(n).story)
    project.edit(number)

    assert rendered_in_vain(project) == project.in_vain(number, STORY) | QUOTATIONS


def test_one_renamed_post_renders_what_it_changes(project):
    """And so does losing its source: its receipt lies at its new address."""
    project.rename(100)
    assert rendered_in_vain(project) == set()
    project.lose(100)

    assert rendered_in_vain(project) == project.in_vain(100, RENAMED_RECEIPT, SEARCH) | QUOTATIONS


def test_one_deleted_post_renders_what_it_changes(project):
    project.delete(200)

    assert rendered_in_vain(project) == set()


def test_one_fact_of_the_ledger_renders_what_it_changes(project):
    """A source that is gone, of a post of no story."""
    number = next(n for n in range(40, SIZE) if not project.corpus.item(n).story)
    project.archive(number)
    assert rendered_in_vain(project) == project.in_vain(number, SEARCH)
    project.lose(number)

    assert rendered_in_vain(project) == project.in_vain(number, RECEIPT, SEARCH) | QUOTATIONS


def test_one_description_of_a_topic_renders_what_it_changes(project):
    project.describe(next(iter(project.corpus.topics)), "All that moves")

    assert rendered_in_vain(project) == set()


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_skipped_is_what_a_build_without_cache_makes(project, tmp_path, jobs):
    """After all of these changes, by one process or two."""
    project.build()
    whole = tmp_path / "whole"
    build(project.folder, whole, cached=False, jobs=jobs)

    assert tree(project.output) == tree(whole)


def test_a_file_that_somebody_changed_is_made_anew(project):
    """By size, by content under the same size, and by being gone; a file that was only touched is read and left."""
    project.build()
    longer, other, gone, touched = (
        project.output / path for path in ("404.html", "robots.txt", "topics/index.html", "index.html")
    )
    longer.write_bytes(longer.read_bytes() + b" ")
    other.write_bytes(other.read_bytes().swapcase())
    gone.unlink()
    touched.write_bytes(touched.read_bytes())

    assert project.build().rendered == {"404.html", "robots.txt", "topics/index.html"}


@pytest.mark.parametrize("damage", [b"", b"{", b"\x00" * 2000], ids=["empty", "cut short", "zeros"])
def test_a_damaged_cache_is_said_and_everything_is_made_anew(tmp_path, damage):
    project = Project(tmp_path, 3)
    whole = project.build().rendered
    kept = next((project.folder / ".cache/builds").iterdir())
    kept.write_bytes(damage)

    built = project.build()

    assert built.note == f"{kept} is damaged; everything is made anew"
    assert (built.rendered, built.changed) == (whole, set())


def test_a_cache_of_another_version_is_said_and_everything_is_made_anew(tmp_path):
    project = Project(tmp_path, 3)
    whole = project.build().rendered
    kept = next((project.folder / ".cache/builds").iterdir())
    kept.write_bytes(kept.read_bytes().replace(b"commentary ", b"commentary 0", 1))

    built = project.build()

    assert built.note == f"{kept} is by another version of the program; everything is made anew"
    assert (built.rendered, built.changed) == (whole, set())
