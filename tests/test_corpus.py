"""Which posts a corpus shows."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import ZONE, make_corpus, make_post

MIDDAY = datetime(2025, 4, 30, 12, tzinfo=ZONE)


def shown(now, **changes):
    corpus = make_corpus(make_post(posted=MIDDAY, **changes), now=now)
    assert len(corpus.posts) + len(corpus.held) == 1
    return bool(corpus.posts)


def test_a_post_is_held_until_its_moment():
    assert not shown(MIDDAY - timedelta(minutes=1))
    assert shown(MIDDAY)


def test_a_post_of_a_day_without_a_time_is_shown_from_that_days_beginning():
    """Midday is where it stands among others, not when it may be read."""
    assert shown(MIDDAY.replace(hour=0, minute=1), day_only=True)
    assert not shown(MIDDAY - timedelta(days=1), day_only=True)


@pytest.mark.parametrize("zone", ["Asia/Seoul", "Africa/Cairo", "America/Havana"])
@pytest.mark.parametrize("day", [datetime(2025, 4, 25), datetime(2025, 3, 9), datetime(2025, 11, 2)])  # noqa: DTZ001
def test_what_a_post_waits_for_is_the_moment_that_it_is_shown_at(zone, day):
    """Also where clocks change at midnight: a build that knows the moment need not look before it."""
    post = make_post(posted=day.replace(hour=12, tzinfo=ZoneInfo(zone)), day_only=True)
    due = datetime.fromtimestamp(post.due, UTC)

    assert post.is_due(due)
    assert not post.is_due(due - timedelta(seconds=1))
    assert due.astimezone(ZoneInfo(zone)).date() == day.date()
    assert (due - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).date() < day.date()
    assert make_post(posted=MIDDAY).due == MIDDAY.timestamp()
