"""What the README shows works when it is pasted."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from commentary.quotation.match import verify
from commentary.quotation.page_text import PageText
from commentary.reading.parse import parse_post
from commentary.reading.schema import SOURCE_KEYS, PostKeys
from tests.factories import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
KEYS = re.findall(r"^```yaml\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
LEAST = "title: A\ntopics: [diplomacy]\nsource: https://herald.example/a\n"


def test_the_readme_shows_posts_and_keys() -> None:
    assert len(EXAMPLES) >= 3
    assert KEYS


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_a_post_can_be_read(example: str) -> None:
    """One that leaves out what others have shown begins with the keys that differ."""
    text = example if example.startswith("---\n") else f"---\ntitle: A\ntopics: [diplomacy]\n{example}"

    post = parse_post(text, path="content/posts/2026-03-14-a.md", zone=ZoneInfo("UTC"))

    assert post.excerpts
    for excerpt in post.excerpts:
        quoted = excerpt.original or excerpt.paragraphs
        source = PageText(tuple(run.text for p in quoted for run in p.runs if run.kind == "quoted"))
        assert verify(quoted, source).verdict.stands


@pytest.mark.parametrize("keys", KEYS)
def test_an_example_of_keys_can_be_read(keys: str) -> None:
    post = parse_post(f"---\n{LEAST}{keys}---\nOurs.\n", path="content/posts/2026-03-14-a.md", zone=ZoneInfo("UTC"))

    assert post.corrections
    assert post.aliases == ("/2026/03/14/only-a-pause/",)


def test_the_table_of_keys_is_whole() -> None:
    table = README.partition("| key | what it says |")[2].partition("\n\n")[0]
    listed = {key for row in table.splitlines() for key in re.findall(r"`([a-z]+)`", row.split("|")[1] if row else "")}

    assert listed == {*PostKeys.model_fields, *SOURCE_KEYS}
