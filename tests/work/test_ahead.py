"""A new cache is filled by all cores at once; one that knows something is left to those who ask, and keeps it."""

import pytest

from commentary.caching import Memo, Memos
from commentary.checks import Alone
from commentary.feeds.size import size_of
from commentary.reading.load import load
from commentary.settings import load_settings
from commentary.work.ahead import work_ahead
from commentary.work.prepare import survey
from tests.factories import NOW, POST, write_project


@pytest.fixture(name="settings")
def _settings(tmp_path):
    posts = {
        f"2025-04-{day}-pause.md": POST.replace("2025-04-30", f"2025-04-{day}").replace("ninety", "twenty")
        for day in range(10, 30)
    }
    return load_settings(write_project(tmp_path, posts) / "pelicanconf.py")


def known(settings, name):
    return Memo(settings.cache / "posts" / name)


def test_a_new_cache_is_filled_with_what_each_post_would_be_asked(settings):
    loaded, memos = load(settings), Memos()
    work_ahead(settings, loaded, memos)

    alone = Alone(loaded.vocabulary, loaded.ledger, settings.max_share)
    unknown = lambda: pytest.fail("it had to be worked out")  # noqa: E731
    assert len(loaded.posts) == 20
    for post in loaded.posts:
        assert memos["checked"].of(alone.key(post), unknown) == alone.told(post)
        assert memos["weights"].of(post.digest, unknown) == size_of(post)


def test_a_cache_that_knows_something_is_left_alone(settings):
    memos = Memos()
    memos["weights"].of("a post", lambda: 1)

    work_ahead(settings, load(settings), memos)

    assert not memos["checked"]
    assert memos["weights"].of("a post", lambda: 2) == 1


@pytest.mark.parametrize("name", ["weights", "facts"])
def test_a_post_that_waits_for_its_date_puts_no_other_out_of_mind(settings, name):
    held = POST.replace("2025-04-30", "2031-04-30").replace("29/tariff", "29/later")
    (settings.content / "posts/2031-04-30-later.md").write_text(held)
    prepared = survey(settings, now=NOW)

    kept = known(settings, name)
    assert [post.path for post in prepared.corpus.held] == ["content/posts/2031-04-30-later.md"]
    for post in prepared.corpus.posts:
        assert kept.of(post.digest, lambda: None) is not None
