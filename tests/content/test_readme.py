"""What the README shows works when it is pasted."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from commentary.reading.parse import parse_post
from tests.factories import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_readme_shows_posts() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_a_post_can_be_read(example: str) -> None:
    """One that leaves out what others have shown begins with the keys that differ."""
    text = example if example.startswith("---\n") else f"---\ntitle: A\ntopics: [diplomacy]\n{example}"

    post = parse_post(text, path="content/posts/2026-03-14-a.md", zone=ZoneInfo("UTC"))

    assert post.excerpts
