"""How large a feed document may become, and how the posts of a site are cut into such documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from commentary.feeds.entry import uri
from commentary.model import Correction, Post
from commentary.standing import MOST_FRAGMENT

T = TypeVar("T")
_ESCAPED = re.compile(r"[&<>\"'\\\n]")

MOST_BYTES = 256 * 1024
HALF = MOST_BYTES // 2 - 4096  # the rest is the feed's own head

_FIXED = 1200  # tags, dates, id and names of one entry
_SOURCE = 600  # tags and words around a source
_TOPIC = 160
_LINK = 120  # what a relative address in the text gains when it is made absolute


def size_of(post: Post) -> tuple[int, bool]:
    """The bytes that a post's entry takes at most, in any format; an upper bound, since nothing is rendered yet.

    And whether it gives the whole post: one that is too long for any document is given by its summary.
    """
    facts, content = _facts(post), _content(post)
    is_whole = facts + content <= HALF
    return facts + (content if is_whole else _FIXED + 2 * _escaped(post.summary or "")), is_whole


def _facts(post: Post) -> int:
    """What stands beside the content: title, summary, topics, and the addresses of the sources."""
    texts = [post.title, post.title, post.title, post.summary or "", *post.topics, uri(post.permalink) * 3]
    for source in (*post.sources, *post.related):
        texts += [uri(source.url or ""), source.headline or source.publication or ""]
        texts += [uri(source.via.url or ""), source.via.name] if source.via else []
    links = len(post.sources) + len(post.related)
    return _FIXED + _TOPIC * len(post.topics) + _LINK * links + _escaped("".join(texts))


def _content(post: Post) -> int:
    texts: list[str] = []
    size = 0
    for part in post.parts:
        texts += [part.html, getattr(part, "original_html", None) or ""]
        size += _LINK * part.html.count("href=")
        if part.kind == "excerpt":  # its source's address gets a text fragment
            size += _SOURCE + min(MOST_FRAGMENT, 3 * len(part.text.encode()))
    for source in (*post.sources, *post.related):
        via = (source.via.name, source.via.url) if source.via else ()
        said = (source.headline, source.publication, source.agency, source.memento, *source.byline, *via)
        texts += [text for text in said if text] * max(1, len(post.excerpts))
        texts += [source.url or ""] * (1 + 2 * len(post.excerpts))
        size += _SOURCE
    return size + sum(map(weight_of_correction, post.corrections)) + _escaped("".join(texts))


def weight_of_correction(correction: Correction) -> int:
    """The same for a correction."""
    return _FIXED + 2 * _escaped(correction.note) + _escaped(correction.was or "")


def _escaped(text: str) -> int:
    """Bytes of a text once it is HTML, and that is escaped for XML or JSON: `&` may have become `&#x26;amp;`."""
    return len(text.encode()) + 9 * len(_ESCAPED.findall(text))


def newest(items: Sequence[T], most: int, weigh: Callable[[T], int]) -> tuple[T, ...]:
    """As many of the first items as one document holds."""
    taken, size = 0, 0
    for item in items[:most]:
        size += weigh(item)
        if size > 2 * HALF:
            break
        taken += 1
    return tuple(items[:taken])


def volumes(
    posts: Sequence[Post], most: int, weigh: Callable[[Post], int] = lambda post: size_of(post)[0]
) -> list[tuple[Post, ...]]:
    """The posts (newest first) cut into documents: the feed itself, then its archives, newest first.

    Archives are cut from the oldest post on, so that a new post changes none of them. The feed itself
    holds the last two cuts: up to `most` posts, and never so few that a reader who looks in now and then misses one.
    """
    cuts: list[list[Post]] = [[]]
    size = 0
    for post in reversed(posts):
        added = weigh(post)
        if cuts[-1] and (len(cuts[-1]) >= max(1, most // 2) or size + added > HALF):
            cuts.append([])
            size = 0
        cuts[-1].insert(0, post)
        size += added
    whole = [*cuts[:-2], [*cuts[-1], *cuts[-2]]] if len(cuts) > 1 else cuts
    return [tuple(cut) for cut in reversed(whole)]
