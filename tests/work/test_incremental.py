"""A build renders what changed and nothing else, and what it skips is what it would have made."""

import random
from datetime import UTC, datetime

import pytest
from benchmarks.contenders import Commentary
from benchmarks.corpus import Corpus

from commentary.ledger import Link, Memento, read_ledger, write_ledger
from tests.work.building import build, tree

SIZE = 300
DAY = datetime(2020, 1, 1, tzinfo=UTC)

# What may be rendered to the bytes it had, and why: these show less of a post than its digest covers.
RECEIPT = "2010/{day}/{slug}/receipt.json"  # the excerpts and their verdicts, not whether a link lives
QUOTATIONS = {"data/quotations-2010.csv", "data/quotations-2010.json"}  # the excerpts and their verdicts, not our words
STORY = "stories/{story}/index.html"  # titles and sources of its posts
SEARCH = "search/posts/{chunk}.json"  # words and names, nothing that the ledger knows


class Project:
    """A project of made-up posts, and the changes that authors make to it."""

    def __init__(self, folder, size):
        self.folder = folder / "project"
        self.output = folder / "output"
        self.corpus = Corpus(size)
        self.contender = Commentary(self.folder)
        self.contender.write(self.corpus)

    def file(self, number):
        return self.folder / "content/posts" / self.corpus.item(number).file

    def add(self, number):
        self.contender.put(self.corpus.item(number))

    def edit(self, number, times=1):
        self.contender.put(self.corpus.item(number).edited(times))

    def rename(self, number):
        self.file(number).rename(self.file(number).with_name(self.file(number).name.replace(".md", "-renamed.md")))

    def delete(self, number):
        self.file(number).unlink()

    def learn(self, *facts):
        ledger, _ = read_ledger(self.folder / "content", self.folder)
        write_ledger(self.folder / "content", ledger.learning(facts))

    def archive(self, number):
        url = self.corpus.item(number).source.url
        self.learn(Memento(url=url, at=DAY, uri=f"https://archive.example/{number}"))

    def lose(self, number):
        self.learn(Link(url=self.corpus.item(number).source.url, at=DAY, state="dead"))

    def describe(self, slug, words):
        file = self.folder / "content/data/topics.yaml"
        before, entry, after = file.read_text().partition(f"{slug}:\n")
        name, key, rest = after.partition("  description: ")
        _, _, others = rest.partition("\n")
        file.write_text(f"{before}{entry}{name}{key}{words}.\n{others}")

    def build(self, **how):
        return build(self.folder, self.output, **how)

    def in_vain(self, number, *patterns):
        """The paths that the exceptions mean for one post."""
        item = self.corpus.item(number)
        names = {"day": f"{item.posted:%m/%d}", "slug": item.slug, "story": item.story, "chunk": number // 2}
        return {pattern.format(**names) for pattern in patterns}


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
    project.rename(100)

    assert rendered_in_vain(project) == set()


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


def test_a_hundred_random_edits_leave_what_a_build_without_cache_makes(tmp_path):
    """Compared after every tenth, on a small site, where everything stands beside everything."""
    chance = random.Random(6)
    project = Project(tmp_path, 14)
    posts, later = set(range(14)), 14
    for turn in range(100):
        number = chance.choice(sorted(posts))
        match chance.choice(("add", "edit", "rename", "delete", "archive", "lose", "describe")):
            case "add":
                project.add(later)
                posts.add(later)
                later += 1
            case "edit":
                project.edit(number, turn)
            case "rename":
                project.rename(number)
                posts.remove(number)
            case "delete" if len(posts) > 5:
                project.delete(number)
                posts.remove(number)
            case "archive":
                project.archive(number)
            case "lose":
                project.lose(number)
            case _:
                project.describe(chance.choice(project.corpus.item(number).topics), f"Turn {turn}")
        project.build()
        if turn % 10 == 9:
            whole = tmp_path / f"whole-{turn}"
            build(project.folder, whole, cached=False)
            assert tree(project.output) == tree(whole), f"turn {turn}"


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
