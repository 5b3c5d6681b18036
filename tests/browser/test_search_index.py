"""What Python writes, the script reads: over indexes of many sizes, for every word, in a real browser."""

from __future__ import annotations

import random
import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from commentary.structured.search import SearchIndex
from tests.factories import REPOSITORY, ZONE, make_post, make_remark, make_site, make_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

START = datetime(2020, 1, 1, 9, tzinfo=ZONE)
WORDS = (
    "alpha", "bravo", "delta", "echo", "foxtrot", "golf", "india", "juliett",
    "서울", "금리", "북한", "정부", "회담", "대통령", "군사", "합의",
)  # fmt: skip

FIND = """async ([script, base, words]) => {
  const { SearchIndex } = await import(script);
  const { parse } = await import(script.replace("search-index", "search-terms"));
  const index = new SearchIndex(base);
  const found = await Promise.all(words.map((word) => index.find(parse(word))));
  return found.map(({ posts }) => posts.sort((a, b) => a - b));
}"""


@pytest.mark.parametrize("count", [0, 1, 23, 24, 60, 512, 530, 1100])
def test_every_word_finds_exactly_the_posts_that_have_it(
    page: Page, tmp_path: Path, serve: Callable[[Path], str], count: int
) -> None:
    chance = random.Random(count)
    words = [chance.sample(WORDS, 4) for _ in range(count)]
    posts = [
        make_post(
            slug=f"post-{number}",
            title=f"Number {number}",
            posted=START + timedelta(hours=number),
            parts=(make_remark(" ".join(words[number])),),
        )
        for number in range(count)
    ]
    shutil.copytree(REPOSITORY / "theme/static/js", tmp_path / "js")
    for file in SearchIndex(posts[::-1], make_site(), make_vocabulary()).files():
        path = tmp_path / "search" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, "utf-8")
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title>Empty</title>", "utf-8")
    url = serve(tmp_path)
    page.goto(url)

    queries = [*WORDS, "alp", "number", "alpha bravo", "서울 금리", "zulu"]
    found = page.evaluate(FIND, [f"{url}/js/search-index.js", f"{url}/search/", queries])

    expected = [[n for n in range(count) if word in words[n]] for word in WORDS]
    expected += [expected[0], [*range(count)]]
    expected += [sorted({*expected[at]} & {*expected[at + 1]}) for at in (0, 8)]
    assert dict(zip(queries, found, strict=True)) == dict(zip(queries, [*expected, []], strict=True))
    assert count < 60 or all(map(len, found[:-3]))
