"""The plan's posts: one page each, what leads from one to another, and the addresses they had before."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from commentary.plan.inputs import PostInputs, RedirectInputs, WithdrawnInputs
from commentary.plan.lists import index_path
from commentary.plan.page import InPost, Kind, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.corpus import Corpus
    from commentary.model import Post
    from commentary.settings import Site
    from commentary.views import Ref, Refs

EARLIER = 5  # posts named at a post's foot
AGAIN = 3  # later ones on the same source: the first few, so that an old page does not change for ever


def posts(corpus: Corpus, site: Site, ref: Refs) -> Iterator[Page]:
    """Every post's page, the pages of withdrawn ones, and a redirect for each alias."""
    refs = list(map(ref, corpus.posts))
    earlier, again = _earlier(corpus, refs), _again(corpus, refs)
    for at, post in enumerate(corpus.posts):
        inputs = PostInputs(
            post=post,
            previous=refs[at + 1] if at + 1 < len(refs) else None,
            next=refs[at - 1] if at else None,
            earlier=earlier[at],
            again=again.get(at, ()),
        )
        yield Page(index_path(post.permalink), Kind.POST, inputs, InPost(post, ("slug", "date")))
        yield from _redirects(post, site)
    for post in corpus.withdrawn:
        origin = InPost(post, ("slug", "status"))
        yield Page(index_path(post.permalink), Kind.WITHDRAWN, WithdrawnInputs(post), origin)
        yield from _redirects(post, site)


def _redirects(post: Post, site: Site) -> Iterator[Page]:
    for number, alias in enumerate(post.aliases):
        origin = InPost(post, (f"aliases.{number}", "aliases"))
        yield Page(index_path(alias), Kind.REDIRECT, RedirectInputs(site.root + post.permalink), origin)


def _earlier(corpus: Corpus, refs: list[Ref]) -> list[tuple[Ref, ...]]:
    """For each post, the nearest earlier ones of its story, then of its rarest topics; shown newest first.

    Only posts before it count, for nearness and rarity alike, so that a new post changes no old page.
    """
    of_topic: defaultdict[str, list[int]] = defaultdict(list)  # indices of earlier posts, oldest first
    of_story: defaultdict[str, list[int]] = defaultdict(list)
    found: list[tuple[Ref, ...]] = [()] * len(refs)
    for at in range(len(corpus.posts) - 1, -1, -1):
        post = corpus.posts[at]
        near = of_story[post.story][: -EARLIER - 1 : -1] if post.story else []
        for topic in sorted(post.topics, key=lambda slug: len(of_topic[slug])):
            near += of_topic[topic][: -EARLIER - 1 : -1]
        found[at] = tuple(refs[i] for i in sorted(list(dict.fromkeys(near))[:EARLIER]))
        if post.story:
            of_story[post.story].append(at)
        for topic in post.topics:
            of_topic[topic].append(at)
    return found


def _again(corpus: Corpus, refs: list[Ref]) -> dict[int, tuple[Ref, ...]]:
    """By a post's index, the next posts that quote a source of it, oldest first."""
    places = {post.permalink: at for at, post in enumerate(corpus.posts)}
    later: defaultdict[int, set[int]] = defaultdict(set)
    for posts in filter(lambda posts: len(posts) > 1, corpus.by_source.values()):
        indices = [places[post.permalink] for post in posts]  # newest first, like the posts
        for n, at in enumerate(indices):
            later[at] |= set(indices[:n][-AGAIN:])
    return {at: tuple(refs[i] for i in sorted(found, reverse=True)[:AGAIN]) for at, found in later.items()}
