"""
The search index: JSON files that `search.js` reads, a few to a query.

It is static and costs what changed: posts are numbered from the oldest, and one more post rewrites at
most ten files (`shape`). Every file is put together from `segments` of posts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from commentary.model import Excerpt
from commentary.structured.search.numbers import ascending
from commentary.structured.search.postings import Postings
from commentary.structured.search.shape import CHUNK, LEVELS
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


@dataclass(frozen=True, slots=True)
class IndexFile:
    """A file of the index: its name below `/search/`. Nothing of it is computed before it is asked for."""

    name: str
    index: SearchIndex

    @property
    def digest(self) -> str:
        """See `SearchIndex.digests`."""
        return self.index.digests[self.name]

    @property
    def text(self) -> str:
        """The file's content."""
        return self.index.text(self.name)


class SearchIndex:
    """The index of these posts, given newest first. `cache`: a folder of its own; None: nothing is kept."""

    def __init__(self, posts: Sequence[Post], site: Site, vocabulary: Vocabulary, *, cache: Path | None = None) -> None:
        self.posts = tuple(reversed(posts))
        self._names = [f"{post.permalink} {post.digest}" for post in self.posts]
        self._views = Views(site, vocabulary)
        self._postings = Postings(self._names, lambda number: self._terms(self.posts[number]), cache)

    def get_ready(self, jobs: int) -> None:
        """Work out what all files share, if need be by so many processes."""
        self._postings.make(jobs)
        _ = self.digests

    def files(self) -> Iterator[IndexFile]:
        """Every file of the index."""
        chunks = range(-(-len(self.posts) // CHUNK))
        for name in (FACETS, *(f"posts/{chunk}.json" for chunk in chunks), *self._postings.files):
            yield IndexFile(name, self)

    def text(self, name: str) -> str:
        """A file's content, by its name."""
        if name == FACETS:
            return self._facets
        if name in self._postings.files:
            return _json(dict(self._postings.found(name)))
        first = CHUNK * int(name.removeprefix("posts/").removesuffix(".json"))
        return _json([self._post(post) for post in self.posts[first : first + CHUNK]])

    @cached_property
    def digests(self) -> dict[str, str]:
        """File name -> what changes when, and only when, the file's text does."""
        chunks = (" ".join(self._names[first : first + CHUNK]) for first in range(0, len(self._names), CHUNK))
        of_posts = {f"posts/{number}.json": names for number, names in enumerate(chunks)}
        return {FACETS: self._facets, **of_posts, **self._postings.digests()}

    def _terms(self, post: Post) -> tuple[set[str], set[str]]:
        """What a post is found by: the terms of its title, and those of all that a result could show."""
        names = [topic.name for slug in post.topics if (topic := self._views.vocabulary.topic(slug))]
        for source in post.sources:
            names += [text for text in (source.publication, source.headline) if text]
        texts = [part.text for part in post.parts]
        originals = [excerpt.original_text for excerpt in post.excerpts if excerpt.original]
        return terms(post.title), terms("\n".join([post.title, *names, *texts, *originals]))

    @cached_property
    def _facets(self) -> str:
        """How many posts and files there are, and which posts have which year, topic and publication."""
        years: dict[int, int] = {}
        topics: defaultdict[str, list[int]] = defaultdict(list)
        publications: defaultdict[str, list[int]] = defaultdict(list)
        for number, post in enumerate(self.posts):
            years.setdefault(date.fromordinal(post.day).year, number)
            for slug in post.topics:
                topics[slug].append(number)
            for name in post.publications:
                publications[name].append(number)
        names = {slug: topic.name if (topic := self._views.vocabulary.topic(slug)) else slug for slug in topics}
        facets = {
            "count": len(self.posts),
            "chunk": CHUNK,
            "levels": [[level.period, level.files(len(self.posts))] for level in LEVELS],
            "years": list(years.items()),  # each with its first post
            "topics": [(slug, names[slug], ascending(posts)) for slug, posts in sorted(topics.items())],
            "publications": [(slugify(name), name, ascending(posts)) for name, posts in sorted(publications.items())],
        }
        return _json(facets)

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
                    parts.append(("excerpt", original, part.original_text))
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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
