"""What a post names is called undeclared only if it is known what is declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commentary.reading.load import Loaded, load
from commentary.work.mend import mend
from commentary.work.prepare import survey
from tests.cli.running import commentary
from tests.factories import NOW, POST, PUBLICATIONS_YAML, TOPICS_YAML, make_settings, write_project

if TYPE_CHECKING:
    from pathlib import Path

DATA = "content/data"
NAMING = {"2025-04-29-a.md": POST, "2025-04-30-b.md": POST.replace("[trade]", "[diplomacy, nonsense]")}
ATTRIBUTED = """\
---
title: By address alone
date: 2025-04-30
topics: [trade]
source: https://herald.example/a
---
Ours.

> “One.”
> — The Herald
"""


def loaded_with(folder: Path, file: str, text: str, posts: dict[str, str]) -> Loaded:
    """A project with that text in a file of content/data/."""
    return load(make_settings(write_project(folder, posts, files={f"{DATA}/{file}": text})))


def told(loaded: Loaded) -> list[str]:
    return [f"{f.path.rpartition('/')[2]} {f.rule}" for f in loaded.findings]


@pytest.mark.parametrize(
    "broken",
    [
        TOPICS_YAML.replace("  name: Trade", "   name: Trade"),
        f"<<<<<<< HEAD\n{TOPICS_YAML}=======\n{TOPICS_YAML}>>>>>>> b\n",
        TOPICS_YAML.replace("name: Diplomacy", "nam: Diplomacy"),
    ],
)
def test_topics_are_not_undeclared_while_their_file_has_a_fault(tmp_path: Path, broken: str) -> None:
    assert told(loaded_with(tmp_path / "a", "topics.yaml", broken, NAMING)) == ["topics.yaml vocabulary"]
    assert told(loaded_with(tmp_path / "b", "topics.yaml", TOPICS_YAML, NAMING)) == ["2025-04-30-b.md undeclared-topic"]


def test_each_file_is_silent_about_its_own_entries_alone(tmp_path: Path) -> None:
    post = {"a.md": POST.replace("topics:", "story: nothing\ntopics:").replace("The Herald", "Nobody")}

    told_of = {
        name: [f.rule for f in loaded_with(tmp_path / name, f"{name}.yaml", "- x\n", post).findings]
        for name in ("publications", "stories")
    }

    assert told_of == {
        "publications": ["vocabulary", "unknown-story"],
        "stories": ["vocabulary", "undeclared-publication"],
    }


def test_an_attribution_may_name_a_publication_that_cannot_be_read(tmp_path: Path) -> None:
    assert told(loaded_with(tmp_path / "a", "publications.yaml", "- x\n", {"a.md": ATTRIBUTED})) == [
        "publications.yaml vocabulary"
    ]
    assert told(loaded_with(tmp_path / "b", "publications.yaml", PUBLICATIONS_YAML, {"a.md": ATTRIBUTED})) == []
    assert told(loaded_with(tmp_path / "c", "publications.yaml", "", {"a.md": ATTRIBUTED})) == ["a.md attribution"]


def test_a_fault_of_the_topics_is_all_that_is_told_of_posts_and_links_to_them(tmp_path: Path) -> None:
    """The posts cannot be planned meanwhile: no address of theirs is lost, no link to them dead."""
    page = "---\ntitle: About\n---\n[Trade](/topics/trade/), [a post](/2025/04/30/tariff-pause/).\n"
    project = write_project(tmp_path, files={"content/pages/about.md": page})
    assert commentary("register", "--update", folder=project).exit_code == 0
    (project / f"{DATA}/topics.yaml").write_text("- trade\n", "utf-8")

    checked = commentary("check", folder=project)

    assert (checked.exit_code, checked.stdout.count("\n")) == (1, 1)
    assert checked.stdout.startswith(f"{DATA}/topics.yaml:1: error vocabulary: ")
    assert checked.stderr == "1 error in 1 post\n"


def test_topics_of_several_posts_without_their_file_are_one_error_that_nothing_mends(tmp_path: Path) -> None:
    project = write_project(tmp_path, NAMING)
    (project / f"{DATA}/topics.yaml").unlink()
    checked = survey(make_settings(project), now=NOW)

    (finding,) = checked.findings
    assert str(finding) == (
        f"{DATA}/topics.yaml:1: error vocabulary: there is no such file, and 2 posts name topics; bring it back, "
        "or begin it anew with a line for each topic: `trade: {name: Trade}`"
    )
    assert mend(checked) == ()


def test_the_first_post_of_a_site_begins_the_file(tmp_path: Path) -> None:
    project = write_project(tmp_path, {"a.md": POST})
    (project / f"{DATA}/topics.yaml").unlink()
    checked = survey(make_settings(project), now=NOW)

    assert [f.rule for f in checked.findings] == ["undeclared-topic"]
    assert [edit.after for edit in mend(checked)] == ["trade: {name: Trade}\n"]
