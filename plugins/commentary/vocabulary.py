"""The site's vocabularies: topics, publications and stories, as content/data/ declares them."""

from __future__ import annotations

import unicodedata
from functools import cached_property, lru_cache

from commentary.urls import host_of, slugify
from commentary.values import Flag, Frozen, Language, Names, Text, Url


class Topic(Frozen):
    """What posts can be about."""

    slug: str
    name: Text
    description: Text | None = None
    synonyms: Names = ()
    parent: str | None = None  # slug


class Publication(Frozen):
    """An outlet that sources appear in."""

    name: Text
    home: Url | None = None
    hosts: Names = ()
    country: Text | None = None
    lang: Language | None = None
    paywall: Flag | None = None
    aggregator: Flag = False  # carries others' work: its hosts may belong to any publication's sources

    @property
    def slug(self) -> str:
        """The last part of its page's address."""
        return slugify(self.name)


class Story(Frozen):
    """A thread of posts on one course of events."""

    slug: str
    title: Text
    description: Text | None = None


class Vocabulary(Frozen):
    """All that is declared, looked up the way authors write it."""

    topics: tuple[Topic, ...] = ()
    publications: tuple[Publication, ...] = ()
    stories: tuple[Story, ...] = ()

    @cached_property
    def _topics(self) -> dict[str, Topic]:
        names = {fold(n): t for t in self.topics for n in (*t.synonyms, t.name)}
        return names | {fold(t.slug): t for t in self.topics}  # a slug wins over a synonym

    @cached_property
    def _publications(self) -> dict[str, Publication]:
        return {fold(p.name): p for p in self.publications}

    @cached_property
    def _hosts(self) -> dict[str, Publication]:
        return {host.casefold().removeprefix("www."): p for p in self.publications for host in p.hosts}

    @cached_property
    def _stories(self) -> dict[str, Story]:
        return {s.slug: s for s in self.stories}

    def topic(self, written: str) -> Topic | None:
        """The topic of that slug, name or synonym, case and spacing apart."""
        return self._topics.get(fold(written))

    def publication(self, name: str) -> Publication | None:
        """The publication declared under that name."""
        return self._publications.get(fold(name))

    def publication_at(self, url: str) -> Publication | None:
        """The publication whose host an address has, subdomains included."""
        host = host_of(url)
        while host:
            if host in self._hosts:
                return self._hosts[host]
            host = host.partition(".")[2]
        return None

    def story(self, slug: str) -> Story | None:
        """The story of that slug."""
        return self._stories.get(slug)


@lru_cache(4096)  # names recur: a site has few outlets and topics, and asks for them with every source
def fold(name: str) -> str:
    """A name as it is looked up: NFC, caseless, hyphens and runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("-", " ").split())
