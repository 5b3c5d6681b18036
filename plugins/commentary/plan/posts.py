"""The plan's posts: one page each, what leads from one to another, and the addresses they had before."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from commentary.plan.inputs import PostInputs, RedirectInputs, WithdrawnInputs
from commentary.plan.lists import index_path
from commentary.plan.page import InPost, Kind, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commentary.corpus import Corpus
    from commentary.model import Post
    from commentary.settings import Site
    from commentary.views import Ref, Refs

EARLIER = 5  # posts named at a post's foot
AGAIN = 3  # later ones on the same source: the first few, so that an old page does not change for ever


def posts(corpus: Corpus, site: Site, ref: Refs) -> Iterator[Page]:
    """Every post's page, the pages of withdrawn ones, and a redirect for each alias."""
    ways = _Ways(corpus.posts, ref)
    for at, post in enumerate(corpus.posts):
        path, origin = index_path(post.permalink), InPost(post, ("slug", "date"))
        yield Page(path, Kind.POST, partial(ways.inputs, at), origin, ways.digest(at), post.changed[1])
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
        self._earlier, self._again = _earlier(posts), _again(posts)

    def inputs(self, at: int) -> PostInputs:
        """What the page of a post is rendered from."""
        return PostInputs(
            post=self._posts[at],
            previous=self._ref(self._posts[at + 1]) if at + 1 < len(self._posts) else None,
            next=self._ref(self._posts[at - 1]) if at else None,
            earlier=self._refs(self._earlier[at]),
            again=self._refs(self._again.get(at, ())),
        )

    def digest(self, at: int) -> str:
        """What tells that from any other."""
        mentions = self._mentions
        earlier = " ".join([mentions[i + 1] for i in self._earlier[at]])
        again = " ".join([mentions[i + 1] for i in self._again[at]]) if at in self._again else ""
        return f"{self._posts[at].digest},{mentions[at]},{mentions[at + 2]},{earlier},{again}"

    def _refs(self, indices: Sequence[int]) -> tuple[Ref, ...]:
        return tuple(self._ref(self._posts[at]) for at in indices)


def _earlier(posts: Sequence[Post]) -> list[list[int]]:
    """For each post, the nearest earlier ones of its story, then of its rarest topics; shown newest first.

    Only posts before it count, for nearness and rarity alike, so that a new post changes no old page.
    """
    of_topic: defaultdict[str, list[int]] = defaultdict(list)  # indices of earlier posts, oldest first
    of_story: defaultdict[str, list[int]] = defaultdict(list)
    found: list[list[int]] = [[]] * len(posts)
    for at in range(len(posts) - 1, -1, -1):
        post = posts[at]
        lists = [of_topic[topic] for topic in post.topics]
        own = of_story[post.story] if post.story else []
        near: dict[int, None] = {}
        for indices in (own, *sorted(lists, key=len)):
            near |= dict.fromkeys(indices[: -EARLIER - 1 : -1])
            if len(near) >= EARLIER:
                break
        found[at] = sorted([*near][:EARLIER])
        for indices in lists:
            indices.append(at)
        own.append(at)
    return found


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
