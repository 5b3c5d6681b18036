"""content/data/ declares topics, publications and stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commentary.reading.vocabularies import load_vocabulary
from commentary.vocabulary import Publication, Story, Topic, Vocabulary
from tests.factories import PUBLICATIONS_YAML, STORIES_YAML, TOPICS_YAML, make_vocabulary

if TYPE_CHECKING:
    from pathlib import Path


def write(root: Path, **files: str) -> Path:
    folder = root / "content/data"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def test_everything_declared_is_read(tmp_path: Path) -> None:
    folder = write(tmp_path, topics=TOPICS_YAML, publications=PUBLICATIONS_YAML, stories=STORIES_YAML)
    assert load_vocabulary(folder, tmp_path) == (make_vocabulary(), [])


def test_missing_and_empty_files_declare_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path, topics="# nothing yet\n", stories="")
    assert load_vocabulary(folder, tmp_path) == (Vocabulary(), [])


def test_an_entry_needs_no_more_than_its_key(tmp_path: Path) -> None:
    folder = write(tmp_path, topics="north-korea:\n한국: {name: Korea}\n", publications="The Herald: {}\n'24: News':\n")
    assert load_vocabulary(folder, tmp_path)[0] == Vocabulary(
        topics=(Topic(slug="north-korea", name="North korea"), Topic(slug="한국", name="Korea")),
        publications=(Publication(name="The Herald"), Publication(name="24: News")),
    )


def test_a_description_may_take_several_lines(tmp_path: Path) -> None:
    folder = write(tmp_path, stories="s:\n  title: T\n  description: One\n    two.\n")
    assert load_vocabulary(folder, tmp_path) == (
        Vocabulary(stories=(Story(slug="s", title="T", description="One two."),)),
        [],
    )


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("topics", "a: {nam: A}", "1: error vocabulary: a.nam; did you mean a.name?"),
        ("topics", "a:\n  slug: b", "1: error vocabulary: a: has the key slug"),
        ("topics", "a:\n  name: A\n  name: B", "3: error vocabulary: a.name stands on line 2 already"),
        ("topics", "a: A", "1: error vocabulary: a is no mapping; write"),
        ("topics", "A b: {}", "1: error vocabulary: A b: 'A b' is not a slug; use"),
        ("topics", "a: {name: [x]}", "1: error vocabulary: a.name is a list; write"),
        ("topics", "a:\n  name: X # y", "2: error vocabulary: a.name: YAML drops"),
        (
            "topics",
            "a:\n  parent: bb\nbbb:",
            "2: error vocabulary: a: the parent 'bb' is no declared topic; did you mean bbb?",
        ),
        ("topics", "a:\n  parent: zzz", "2: error vocabulary: a: the parent 'zzz' is no declared topic; declare it"),
        ("topics", "a:\n  parent: a", "2: error vocabulary: a is its own ancestor"),
        (
            "topics",
            "a: {synonyms: [x]}\nb:\n  synonyms: [X]",
            "3: error vocabulary: b: 'X' belongs to a already (line 1)",
        ),
        ("topics", "a-b: {}\nb:\n  name: A b", "2: error vocabulary: b: 'A b' belongs to a-b already (line 1)"),
        ("topics", "- a\n- b", "1: error vocabulary: here stand no `key: value` lines"),
        ("topics", "a: [", "2: error vocabulary: the value begins"),
        ("topics", "a: b\x00", "1: error vocabulary: the line holds the character U+0000"),
        ("publications", "A:\n  home: a.example", "2: error vocabulary: A.home: 'a.example' is not a web address"),
        (
            "publications",
            "A:\n  hosts: [x.example]\nB:\n  hosts: [x.example]",
            "4: error vocabulary: B: 'x.example' belongs to A",
        ),
        (
            "publications",
            "A:\n  hosts: https://x.example/",
            "2: error vocabulary: A: 'https://x.example/' is no host; write x.ex",
        ),
        (
            "publications",
            "A:\n  hosts: www.x.example",
            "2: error vocabulary: A: 'www.x.example' is no host; write x.example",
        ),
        ("publications", "A:\n  hosts: example", "2: error vocabulary: A: 'example' is no host; write one such as"),
        ("publications", "A B: {}\na-b: {}", "2: error vocabulary: a-b: 'a-b' belongs to A B already (line 1)"),
        ("publications", "A:\n  paywall: some", "2: error vocabulary: A.paywall: 'some' is neither true nor false"),
        ("stories", "s: {}", "1: error vocabulary: s.title is missing; add"),
        ("stories", "s:\n  title:", "2: error vocabulary: s.title is empty; write"),
    ],
)
def test_each_fault_is_named_at_its_line(tmp_path: Path, name: str, text: str, fault: str) -> None:
    _, findings = load_vocabulary(write(tmp_path, **{name: text}), tmp_path)
    assert any(str(f).startswith(f"content/data/{name}.yaml:{fault}") for f in findings), [str(f) for f in findings]


def test_ancestors_that_go_round_end(tmp_path: Path) -> None:
    _, findings = load_vocabulary(write(tmp_path, topics="a: {parent: b}\nb: {parent: c}\nc: {parent: b}\n"), tmp_path)
    assert [(f.line, f.message.split()[0]) for f in findings] == [(2, "b"), (3, "c")]


def test_a_broken_entry_takes_no_other_with_it(tmp_path: Path) -> None:
    vocabulary, findings = load_vocabulary(write(tmp_path, topics="a: {nam: A}\nb: {}\n"), tmp_path)
    assert [t.slug for t in vocabulary.topics] == ["b"]
    assert len(findings) == 1
