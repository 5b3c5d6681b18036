"""
The files of one level: for each term, the posts it stands in.

A file is `{term: posts}`, or `{term: [posts, posts with it in the title]}`.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from commentary.structured.search.numbers import ascending
from commentary.structured.search.shape import LEVELS, coverage, number_of
from commentary.structured.search.terms import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Numbers = array[int]  # a quarter of the memory of a list, and nothing for the garbage collector to walk


def level_files(
    level: int, count: int, terms_of: Callable[[int], tuple[Iterable[str], Iterable[str]]]
) -> dict[int, str]:
    """Number -> JSON of every file that a level has at `count` posts.

    `terms_of`: a post's number -> the terms of its title, and all others; asked for no post that no file covers.
    """
    files = LEVELS[level].files(count)
    covers = [coverage(level, number, count) for number in range(files)]
    titled: defaultdict[str, Numbers] = defaultdict(partial(array, "I"))
    posts: defaultdict[str, Numbers] = defaultdict(partial(array, "I"))
    first = min((cover.start for cover in covers if cover), default=count)
    for post in range(first, max((cover.stop for cover in covers), default=first)):
        title, text = terms_of(post)
        for term in title:
            titled[term].append(post)
        for term in text:
            posts[term].append(post)
    shards: list[dict[str, str | tuple[str, str]]] = [{} for _ in covers]
    for term in sorted(posts):
        number = number_of(key_of(term), files)
        cover = covers[number]
        shown = _within(posts[term], cover)
        if shown:
            titles = _within(titled[term], cover) if term in titled else None
            shards[number][term] = (ascending(shown), ascending(titles)) if titles else ascending(shown)
    return {
        number: json.dumps(shard, ensure_ascii=False, separators=(",", ":"))
        for number, shard in enumerate(shards)
        if covers[number]
    }


def _within(posts: Numbers, cover: range) -> Numbers:
    return posts[bisect_left(posts, cover.start) : bisect_left(posts, cover.stop)]
