"""The corpus: all posts of a site, in order, looked up by what they share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from commentary.model import Document, Post, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from commentary.vocabulary import Vocabulary

K = TypeVar("K")


@dataclass(frozen=True)
class Corpus:
    """Everything the site is made from, parsed.

    `posts` are those that lists and feeds show, newest first; `withdrawn` answer at their address
    with the reason; `held` wait for their date.
    """

    posts: tuple[Post, ...]
    vocabulary: Vocabulary
    withdrawn: tuple[Post, ...] = ()
    held: tuple[Post, ...] = ()
    documents: tuple[Document, ...] = ()
    now: datetime | None = None  # the moment that it stands as at; None: whatever the clock says

    @classmethod
    def of(
        cls,
        posts: Iterable[Post],
        vocabulary: Vocabulary,
        *,
        now: datetime,
        drafts: bool = False,
        documents: Iterable[Document] = (),
    ) -> Corpus:
        """Sort posts by what becomes of them at the moment `now`."""
        shown: list[Post] = []
        held: list[Post] = []
        withdrawn: list[Post] = []
        for post in sorted(posts, key=newest_first):
            if post.status is Status.WITHDRAWN:
                withdrawn.append(post)
            elif drafts or (post.status is Status.PUBLISHED and post.is_due(now)):
                shown.append(post)
            elif post.status is Status.PUBLISHED:
                held.append(post)
        return cls(
            posts=tuple(shown),
            vocabulary=vocabulary,
            withdrawn=tuple(withdrawn),
            held=tuple(held),
            documents=tuple(sorted(documents, key=lambda d: d.slug)),
            now=now,
        )

    @cached_property
    def by_topic(self) -> dict[str, list[Post]]:
        """Topic slug -> its posts, newest first."""
        return self._group(attrgetter("topics"))

    @cached_property
    def by_publication(self) -> dict[str, list[Post]]:
        """Publication name -> posts that quote it, newest first."""
        return self._group(attrgetter("publications"))

    @cached_property
    def by_month(self) -> dict[date, list[Post]]:
        """First day of a month -> its posts, newest first."""
        return self._group(lambda post: (month_of(post.day),))

    @cached_property
    def by_story(self) -> dict[str, list[Post]]:
        """Story slug -> its posts, newest first."""
        return self._group(lambda post: (post.story,) if post.story else ())

    def _group(self, keys: Callable[[Post], Iterable[K]]) -> dict[K, list[Post]]:
        groups: defaultdict[K, list[Post]] = defaultdict(list)
        for post in self.posts:
            for key in keys(post):
                groups[key].append(post)
        return dict(groups)


@lru_cache(1 << 16)
def month_of(day: int) -> date:
    """The first day of the month of a day, which is given by its ordinal."""
    return date.fromordinal(day).replace(day=1)


def newest_first(post: Post) -> tuple[float, str]:
    """The order of the stream; posts of one moment stand by their slug, so that order never depends on files."""
    return (-post.moment, post.slug)
