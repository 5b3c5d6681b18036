"""
The search index: JSON files that `search.js` reads, a few to a query.

It is static and costs what changed: posts are numbered from the oldest, and one more post rewrites at
most ten files (`shape`). Every file is a function of the posts up to the newest one it covers.
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
from commentary.structured.search.postings import level_files
from commentary.structured.search.shape import CHUNK, LEVELS, coverage
from commentary.structured.search.terms import terms
from commentary.urls import slugify
from commentary.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commentary.model import Post
    from commentary.settings import Site
    from commentary.vocabulary import Vocabulary

FACETS = "facets.json"


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of the index: its name below `/search/`, and a digest of all that its content depends on."""

    name: str
    digest: str


class SearchIndex:
    """The index of these posts, given newest first; nothing is computed before it is asked for."""

    def __init__(self, posts: Sequence[Post], site: Site, vocabulary: Vocabulary) -> None:
        self.posts = tuple(reversed(posts))
        self._views = Views(site, vocabulary)

    @cached_property
    def _digests(self) -> list[str]:
        """For each number of posts, a digest of all posts up to it."""
        chain = hashlib.sha256()
        digests = [chain.hexdigest()]
        for post in self.posts:
            chain.update(f"{post.permalink}\n{post.digest}\n".encode())
            digests.append(chain.hexdigest())
        return digests

    def files(self) -> Iterator[IndexFile]:
        """Every file of the index, without making one."""
        count = len(self.posts)
        yield IndexFile(FACETS, self._digests[count])
        for first in range(0, count, CHUNK):
            yield IndexFile(f"posts/{first // CHUNK}.json", self._digests[min(first + CHUNK, count)])
        for level, shape in enumerate(LEVELS):
            files = shape.files(count)
            for number in range(files):
                if cover := coverage(level, number, count):
                    digest = f"{self._digests[cover.stop]}/{cover.start}/{files}"
                    yield IndexFile(f"terms/{level}-{number}.json", digest)

    def text(self, name: str) -> str:
        """A file's content, by its name. KeyError if the index has no such file."""
        if name == FACETS:
            return _json(self._facets())
        folder, _, rest = name.removesuffix(".json").partition("/")
        if folder == "posts":
            first = int(rest) * CHUNK
            return _json([self._post(post) for post in self.posts[first : first + CHUNK]])
        level, _, number = rest.partition("-")
        return self._levels[int(level)][int(number)]

    @cached_property
    def _levels(self) -> list[dict[int, str]]:
        count = len(self.posts)
        return [level_files(level, count, self._terms) for level in range(len(LEVELS))]

    def _terms(self, number: int) -> tuple[set[str], set[str]]:
        """What a post is found by: the terms of its title, and those of all that a result could show."""
        post = self.posts[number]
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
        view = self._views.post(post)
        parts: list[tuple[str, str, str]] = []
        for part, shown in zip(post.parts, view.parts, strict=True):
            if isinstance(part, Excerpt) and shown.kind == "excerpt":
                parts.append(("excerpt", shown.lang, part.text))
                if part.original:
                    parts.append(("excerpt", shown.original_lang, original_text(part)))
            else:
                parts.append(("remark", view.lang, part.text))
        parts += [("headline", source.lang, source.headline) for source in view.sources if source.headline]
        return {
            "title": view.title,
            "href": view.href,
            "lang": view.lang,
            "posted": view.posted.date().isoformat(),
            "publications": [source.publication for source in view.sources if source.publication],
            "topics": [topic.name for topic in view.topics],
            "parts": parts,
        }


def original_text(excerpt: Excerpt) -> str:
    """The source's own words beside a translated excerpt, as the reader sees them."""
    return "\n\n".join(paragraph.text for paragraph in excerpt.original if not paragraph.caption)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
