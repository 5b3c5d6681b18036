"""Which posts a corpus shows."""

from datetime import datetime, timedelta

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
