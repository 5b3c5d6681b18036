from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.plan.numbered import numbered
from tests.factories import ZONE, make_post

START = datetime(2020, 1, 1, 12, tzinfo=ZONE)


def posts(number: int) -> list:
    """That many posts a day apart, newest first."""
    return [make_post(slug=f"post-{n}", posted=START + timedelta(days=n)) for n in reversed(range(number))]


@given(st.integers(0, 60), st.integers(1, 7))
def test_every_post_stands_on_exactly_one_page_in_order(number, size):
    """Walking the pages from newest to oldest meets every post once, without gap or repeat."""
    everything = posts(number)

    chunks = numbered(everything, "/", size, "")

    assert [post for chunk in chunks for post in chunk.posts] == everything


@given(st.integers(0, 60), st.integers(1, 7))
def test_a_new_post_changes_no_finished_page(number, size):
    """All pages but the newest keep their posts when one post is added; at most one page is new."""
    before = {c.path: list(c.posts) for c in numbered(posts(number), "/", size, "") if c.number}
    after = {c.path: list(c.posts) for c in numbered(posts(number + 1), "/", size, "") if c.number}

    assert {path: after[path] for path in before} == before
    assert len(after) - len(before) <= 1


@pytest.mark.parametrize(("number", "on_front"), [(0, 0), (1, 1), (20, 20), (39, 39), (40, 20), (59, 39), (60, 20)])
def test_the_front_page_holds_a_page_to_nearly_two(number, on_front):
    assert len(numbered(posts(number), "/", 20, "")[0].posts) == on_front


def test_pages_lead_to_their_neighbours_by_days_but_name_no_days_of_the_newest():
    """The newest page's days change with every post, so its neighbour does not mention them."""
    newest, middle, oldest = numbered(posts(60), "/", 20, "/blog")

    assert (newest.newer, newest.older.href) == (None, "/blog/page/2/")
    assert (middle.newer.href, middle.newer.first) == ("/blog/", None)
    assert (middle.older.href, middle.older.first, middle.older.last) == (
        "/blog/page/1/",
        oldest.posts[-1].posted.date(),
        oldest.posts[0].posted.date(),
    )
