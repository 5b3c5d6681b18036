"""A page's title tells it from every other, in tabs, in history and in what a search finds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from lxml import html

from commentary.plan import Kind
from tests.factories import NOW, make_corpus, make_post
from tests.feeds.rendering import rendered


@pytest.mark.parametrize(("kind", "name"), [(Kind.TOPIC, "Trade"), (Kind.PUBLICATION, "The Herald")])
def test_an_older_page_of_a_list_is_titled_by_the_days_it_covers(kind, name):
    """The newest is known by the name alone, because its days change with every post."""
    posts = [make_post(slug=f"post-{n}", posted=NOW - timedelta(days=n + 1)) for n in range(120)]
    titles = [html.fromstring(page).findtext(".//title") for page in rendered(make_corpus(*posts), {kind}).values()]

    assert f"{name} · Test Remarks" in titles
    assert f"{name}, 1 January 2025 – 19 February 2025 · Test Remarks" in titles
    assert len(titles) == len(set(titles)) == 2
