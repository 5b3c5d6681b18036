"""
The search index: JSON files that `search.js` reads, a few to a query.

It is static and costs what changed: posts are numbered from the oldest, and one more post rewrites at
most ten files (`shape`). Every file is put together from `segments` of posts.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from commentary.model import Excerpt
from commentary.structured.search.numbers import ascending
from commentary.structured.search.segments import SEGMENT, Segment, drop_segments, keep_segment, read_segment
from commentary.structured.search.shape import CHUNK, LEVELS, coverage, groups_of
from commentary.structured.search.terms import terms
from commentary.urls import slugify
from commentary.views import Views, languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from commentary.model import Post
    from commentary.settings import Site
    from commentary.vocabulary import Vocabulary

FACETS = "facets.json"
VERSION = 1  # of what segments hold: to be raised with every change of `terms`


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of the index: its name below `/search/`. Nothing of it is computed before it is asked for."""

    name: str
    index: SearchIndex

    @property
    def digest(self) -> str:
        """A hash that changes when, and only when, the text does."""
        return self.index.digest(self.name)

    @property
    def text(self) -> str:
        """The file's content."""
        return self.index.text(self.name)


class SearchIndex:
    """The index of these posts, given newest first. `cache`: a folder for segments; None: make them each time."""

    def __init__(self, posts: Sequence[Post], site: Site, vocabulary: Vocabulary, *, cache: Path | None = None) -> None:
        self.posts = tuple(reversed(posts))
        self._views = Views(site, vocabulary)
        self._cache = cache

    def files(self) -> Iterator[IndexFile]:
        """Every file of the index."""
        count = len(self.posts)
        yield IndexFile(FACETS, self)
        for chunk in range(-(-count // CHUNK)):
            yield IndexFile(f"posts/{chunk}.json", self)
        for level, shape in enumerate(LEVELS):
            for number in range(shape.files(count)):
                if coverage(level, number, count):
                    yield IndexFile(f"terms/{level}-{number}.json", self)

    def text(self, name: str) -> str:
        """A file's content, by its name."""
        if name == FACETS:
            return _json(self._facets())
        folder, level, number = _parsed(name)
        if folder == "posts":
            return _json([self._post(post) for post in self.posts[number * CHUNK : (number + 1) * CHUNK]])
        return _json({term: found for group in self._groups(level, number) for term, found in self._found(*group)})

    def digest(self, name: str) -> str:
        """A hash of what a file's content is made of."""
        if name == FACETS:
            return _hash(_json(self._facets()).encode())
        folder, level, number = _parsed(name)
        if folder == "posts":
            posts = self.posts[number * CHUNK : (number + 1) * CHUNK]
            return _hash(*map(_identity, posts))
        parts = []
        for group, cover in self._groups(level, number):
            for segment in self._within(cover):
                if segment.first >= cover.start and segment.first + SEGMENT <= cover.stop:
                    parts.append(segment.digests[group])
                else:
                    parts.append(repr([*segment.entries(group, cover)]).encode())
        return _hash(*parts)

    def _groups(self, level: int, number: int) -> list[tuple[int, range]]:
        """The groups of a file, each with the posts that it covers."""
        count = len(self.posts)
        cover = coverage(level, number, count)
        return [(group, cover) for group in groups_of(number, LEVELS[level].files(count))]

    def _within(self, cover: range) -> Sequence[Segment]:
        return self._segments[cover.start // SEGMENT : -(-cover.stop // SEGMENT)]

    def _found(self, group: int, cover: range) -> Iterator[tuple[str, str | tuple[str, str]]]:
        """Each term of a group: the posts it stands in, and if there are any, those with it in the title."""
        found: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for segment in self._within(cover):
            for term, posts, titled in segment.entries(group, cover):
                entry = found[term]
                entry[0].extend(posts)
                entry[1].extend(titled)
        for term, (posts, titled) in sorted(found.items()):
            yield term, (ascending(posts), ascending(titled)) if titled else ascending(posts)

    @cached_property
    def _segments(self) -> list[Segment]:
        segments, paths = [], []
        for first in range(0, len(self.posts), SEGMENT):
            posts = self.posts[first : first + SEGMENT]
            path = self._kept(posts)
            segment = read_segment(path, first) if path else None
            if not segment:
                segment = Segment.of(first, map(self._terms, posts))
                if path:
                    keep_segment(path, segment)
            segments.append(segment)
            paths.append(path)
        if self._cache:
            drop_segments(self._cache, filter(None, paths))
        return segments

    def _kept(self, posts: Sequence[Post]) -> Path | None:
        """Where the segment of these posts is kept; the unfinished newest one is not."""
        if not self._cache or len(posts) < SEGMENT:
            return None
        return self._cache / f"{_hash(str(VERSION).encode(), *map(_identity, posts))}.segment"

    def _terms(self, post: Post) -> tuple[set[str], set[str]]:
        """What a post is found by: the terms of its title, and those of all that a result could show."""
        names = [topic.name for slug in post.topics if (topic := self._views.vocabulary.topic(slug))]
        for source in post.sources:
            names += [text for text in (source.publication, source.headline) if text]
        texts = [part.text for part in post.parts]
        originals = [original_text(excerpt) for excerpt in post.excerpts if excerpt.original]
        return terms(post.title), terms("\n".join([post.title, *names, *texts, *originals]))

    def _facets(self) -> dict[str, object]:
        """How many posts and files there are, and which posts have which year, topic and publication."""
        years: dict[int, int] = {}
        topics: defaultdict[str, list[int]] = defaultdict(list)
        publications: defaultdict[str, list[int]] = defaultdict(list)
        for number, post in enumerate(self.posts):
            years.setdefault(post.posted.year, number)
            for slug in post.topics:
                topics[slug].append(number)
            for name in dict.fromkeys(s.publication for s in post.sources if s.publication):
                publications[name].append(number)
        names = {slug: topic.name if (topic := self._views.vocabulary.topic(slug)) else slug for slug in topics}
        return {
            "count": len(self.posts),
            "chunk": CHUNK,
            "levels": [[level.period, level.files(len(self.posts))] for level in LEVELS],
            "years": list(years.items()),  # each with its first post
            "topics": [(slug, names[slug], ascending(posts)) for slug, posts in sorted(topics.items())],
            "publications": [(slugify(name), name, ascending(posts)) for name, posts in sorted(publications.items())],
        }

    def _post(self, post: Post) -> dict[str, object]:
        """What a result shows of a post: `parts` of [kind, language, text], kind as the theme's template names it."""
        site, topic = self._views.site, self._views.topic_link
        lang, day = post.lang or site.lang, post.posted.date()
        sources = {source.key: self._views.source(source, lang, day) for source in post.sources}
        parts: list[tuple[str, str, str]] = []
        for part in post.parts:
            if isinstance(part, Excerpt):
                shown, original = languages(part, sources.get(part.source_key), lang)
                parts.append(("excerpt", shown, part.text))
                if part.original:
                    parts.append(("excerpt", original, original_text(part)))
            else:
                parts.append(("remark", lang, part.text))
        parts += [("headline", source.lang, source.headline) for source in sources.values() if source.headline]
        return {
            "title": post.title,
            "href": self._views.href(post.permalink),
            "lang": lang,
            "posted": day.isoformat(),
            "publications": [source.publication for source in sources.values() if source.publication],
            "topics": [topic(slug).name for slug in post.topics],
            "parts": parts,
        }


def original_text(excerpt: Excerpt) -> str:
    """The source's own words beside a translated excerpt, as the reader sees them."""
    return "\n\n".join(paragraph.text for paragraph in excerpt.original if not paragraph.caption)


def _parsed(name: str) -> tuple[str, int, int]:
    """`terms/2-17.json` as its folder, level and number; posts have no level."""
    folder, _, rest = name.removesuffix(".json").partition("/")
    level, _, number = rest.rpartition("-")
    return folder, int(level or 0), int(number)


def _identity(post: Post) -> bytes:
    return f"{post.permalink} {post.digest}".encode()


def _hash(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
