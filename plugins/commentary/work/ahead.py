"""What checks and plan compute of each post, shared out among processes where no cache has it."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from commentary.checks import Alone
from commentary.feeds.size import size_of
from commentary.forks import spread
from commentary.plan.figures import facts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from commentary.caching import Memo, Memos
    from commentary.model import Post
    from commentary.reading.load import Loaded
    from commentary.settings import Settings


def work_ahead(settings: Settings, loaded: Loaded, memos: Memos) -> None:
    """Fill empty memos by all processes; else whoever asks first would do it by one, post by post."""
    alone = Alone(loaded.vocabulary, loaded.ledger, settings.max_share)
    digest: Callable[[Post], str] = attrgetter("digest")
    works: list[tuple[Memo, Callable[[Post], str], Callable[[Post], Any]]] = [
        (memos["checked"], alone.key, alone.told),
        (memos["weights"], digest, size_of),
    ]
    if "publications" in settings.site.outputs:
        facts = partial(facts_of, ledger=loaded.ledger, vocabulary=loaded.vocabulary)
        works.append((memos["facts"], digest, facts))
    if any(memo for memo, _, _ in works):
        return
    results = spread(lambda post: [make(post) for _, _, make in works], loaded.posts, settings.processes)
    for post, values in zip(loaded.posts, results, strict=True):
        for (memo, key, _), value in zip(works, values, strict=True):
            memo.of(key(post), partial(lambda value: value, value))
