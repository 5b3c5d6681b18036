"""What one post more changes on a site of ten thousand: shown by the pages' fingerprints."""

import re
from datetime import datetime, timedelta

from commentary.plan import fingerprint, make_plan
from tests.factories import ZONE, make_corpus, make_post, make_settings, make_source

START = datetime(2015, 1, 1, 12, tzinfo=ZONE)
_OTHERS = re.compile("search/|receipt")  # files that are kept to few by tests of their own
FEEDS = (".atom", ".rss", ".json", ".opml", ".csv")


def a_post(number, **changes):
    """Posts are three a day-and-a-bit, half of them on one topic and of one publication."""
    fields = {
        "slug": f"post-{number}",
        "posted": START + timedelta(hours=9 * number),
        "topics": ("trade", "diplomacy")[number % 2 : number % 2 + 1],
        "sources": (make_source(publication=("The Herald", "The Courier")[number % 2]),),
    }
    return make_post(**fields | changes)


def machine_files(posts, now):
    pages = make_plan(make_corpus(*posts, now=now), make_settings())
    return {
        p.path: fingerprint((p.path, p.inputs)) for p in pages if p.path.endswith(FEEDS) and not _OTHERS.search(p.path)
    }


def test_one_post_more_changes_only_the_feeds_it_belongs_to_and_one_shard_of_data():
    posts = [a_post(n) for n in range(10_000)]
    new = a_post(10_000, story="tariff-dispute")
    now = new.posted + timedelta(days=1)

    before, after = machine_files(posts, now), machine_files([*posts, new], now)
    changed = {path for path in after if before.get(path) != after[path]}

    assert len(before) > 2_500
    assert set(before) <= set(after)
    assert changed == {
        "feed.atom",
        "feed.rss",
        "feed.json",
        "source-first.atom",
        "topics/trade/feed.atom",
        "publications/the-herald/feed.atom",
        "stories/tariff-dispute/feed.atom",
        f"data/quotations-{new.posted.year}.json",
        f"data/quotations-{new.posted.year}.csv",
        "feeds.opml",  # the story's feed is new
    }
