"""The plan's posts: one page each, what leads from one to another, and the addresses they had before."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING

from commentary.corpus import month_of
from commentary.plan.fingerprints import digest_of
from commentary.plan.inputs import PostInputs, RedirectInputs, WithdrawnInputs
from commentary.plan.page import InPost, Kind, Page, index_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from commentary.caching import Memo
    from commentary.corpus import Corpus
    from commentary.model import Post
    from commentary.settings import Site
    from commentary.views import Ref, Refs

EARLIER = 5  # posts named at a post's foot
AGAIN = 3  # later ones on the same source: the first few, so that an old page does not change for ever


def posts(corpus: Corpus, site: Site, ref: Refs, memo: Memo) -> Iterator[Page]:
    """Every post's page, the pages of withdrawn ones, and a redirect for each alias. `memo`: of the pages' digests."""
    ways = _Ways(corpus.posts, ref)
    for at, (post, digest) in enumerate(zip(corpus.posts, ways.digests(memo), strict=True)):
        path, origin = index_path(post.permalink), InPost(post, ("slug", "date"))
        yield Page(path, Kind.POST, partial(ways.inputs, at), origin, digest, post.changed[1])
        if post.aliases:
            yield from _redirects(post, site)
    for post in corpus.withdrawn:
        origin = InPost(post, ("slug", "status"))
        yield Page(index_path(post.permalink), Kind.WITHDRAWN, WithdrawnInputs(post), origin)
        yield from _redirects(post, site)


def _redirects(post: Post, site: Site) -> Iterator[Page]:
    for number, alias in enumerate(post.aliases):
        origin = InPost(post, (f"aliases.{number}", "aliases"))
        yield Page(index_path(alias), Kind.REDIRECT, RedirectInputs(site.root + post.permalink), origin)


class _Ways:
    """What leads from one post to others. Posts are indices, newest first."""

    def __init__(self, posts: Sequence[Post], ref: Refs) -> None:
        self._posts = posts
        self._ref = ref
        self._mentions = ["", *(post.mention for post in posts), ""]  # and what is not there at either end
        self._again = _again(posts)

    def inputs(self, at: int) -> PostInputs:
        """What the page of a post is rendered from."""
        return PostInputs(
            post=self._posts[at],
            previous=self._ref(self._posts[at + 1]) if at + 1 < len(self._posts) else None,
            next=self._ref(self._posts[at - 1]) if at else None,
            earlier=self._refs(self._earlier(at)),
            again=self._refs(self._again.get(at, ())),
        )

    def digests(self, memo: Memo) -> list[str]:
        """For each post what tells that from any other.

        They are known by the month: all that its posts lead to is older, but for the next post and later ones on the
        same sources. So a new post asks for the digests of its own month alone.
        """
        found: list[str] = []
        older = ""  # of all posts before the month
        months = [
            list(group) for _, group in groupby(range(len(self._posts)), lambda at: month_of(self._posts[at].day))
        ]
        for month in reversed(months):
            older = digest_of(f"{older} {' '.join([self._posts[at].digest for at in month])}")
            later = [
                self._mentions[month[0]],
                *(f"{at - month[0]} {self._later(at)}" for at in month if at in self._again),
            ]
            known = memo.of(digest_of(f"{older} {later!r}"), lambda: [self._digest(at) for at in month])  # noqa: B023 - called here
            found += reversed(known)
        return found[::-1]

    def _digest(self, at: int) -> str:
        mentions = self._mentions
        earlier = " ".join([mentions[i + 1] for i in self._earlier(at)])
        return digest_of(f"{self._posts[at].digest},{mentions[at]},{mentions[at + 2]},{earlier},{self._later(at)}")

    def _later(self, at: int) -> str:
        return " ".join([self._mentions[i + 1] for i in self._again.get(at, ())])

    def _refs(self, indices: Sequence[int]) -> tuple[Ref, ...]:
        return tuple(self._ref(self._posts[at]) for at in indices)

    @cached_property
    def _indices(self) -> tuple[Mapping[str, list[int]], Mapping[str, list[int]]]:
        """The posts of each topic, and of each story."""
        of_topic: defaultdict[str, list[int]] = defaultdict(list)
        of_story: defaultdict[str, list[int]] = defaultdict(list)
        for at, post in enumerate(self._posts):
            for topic in post.topics:
                of_topic[topic].append(at)
            if post.story:
                of_story[post.story].append(at)
        return of_topic, of_story

    def _earlier(self, at: int) -> list[int]:
        """The nearest earlier posts of its story, then of its rarest topics; shown newest first.

        Only posts before it count, for nearness and rarity alike, so that a new post changes no old page.
        """
        of_topic, of_story = self._indices
        post = self._posts[at]
        own = [of_story[post.story]] if post.story else []
        topics = sorted((of_topic[topic] for topic in post.topics), key=lambda all_: len(all_) - bisect_right(all_, at))
        near: dict[int, None] = {}
        for indices in (*own, *topics):
            start = bisect_right(indices, at)
            near |= dict.fromkeys(indices[start : start + EARLIER])
            if len(near) >= EARLIER:
                break
        return sorted([*near][:EARLIER])


def _again(posts: Sequence[Post]) -> dict[int, list[int]]:
    """By a post's index, the next posts that quote a source of it, oldest first."""
    by_work: defaultdict[str, list[int]] = defaultdict(list)
    for at, post in enumerate(posts):
        for work in post.works:
            by_work[work].append(at)
    later: defaultdict[int, set[int]] = defaultdict(set)
    for indices in by_work.values():
        for n, at in enumerate(indices[1:], start=1):
            later[at].update(indices[max(0, n - AGAIN) : n])
    return {at: sorted(found, reverse=True)[:AGAIN] for at, found in later.items()}
