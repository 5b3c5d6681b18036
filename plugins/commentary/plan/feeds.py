"""The plan's feeds, the page that lists them, and the list that feed readers import."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from commentary.feeds.size import newest, size_of, volumes, weight_of_correction
from commentary.plan.fingerprints import digest_of
from commentary.plan.groups import kept
from commentary.plan.inputs import FeedInputs, FeedLink, Item, Items, SubscribeInputs
from commentary.plan.lists import all_corrections
from commentary.plan.page import Kind, Page, index_path
from commentary.published import correction_key, entry_id, feed_id, other_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from commentary.caching import Memo
    from commentary.corpus import Corpus
    from commentary.model import Correction, Post
    from commentary.published import Register
    from commentary.reading.redirects import Redirect
    from commentary.settings import Output, Settings, Site

# The site's own feeds: the output that each is; where they are, less the ending; what they are; and their name
# where all are listed.
_OF_SITE: tuple[tuple[Output | None, str, Kind, str], ...] = (
    (None, "/feed", Kind.ATOM, "Atom"),
    ("rss", "/feed", Kind.RSS, "RSS"),
    ("json", "/feed", Kind.JSON_FEED, "JSON Feed"),
    ("source-first", "/source-first", Kind.ATOM, "Atom"),
)
_ENDINGS = {Kind.ATOM: "atom", Kind.RSS: "rss", Kind.JSON_FEED: "json"}


def feeds(
    corpus: Corpus, settings: Settings, register: Register, memo: Memo, redirects: Iterable[Redirect] = ()
) -> Iterator[Page]:
    """Every feed with its archives, `/subscribe/` and `/feeds.opml`. `memo`: of what entries weigh. `redirects`: see `make_plan`."""
    sizes = zip(corpus.posts, memo.of_each(corpus.posts, attrgetter("digest"), size_of), strict=True)
    entries = {p.path: (_told(p, settings.site, register), *size) for p, size in sizes}
    desk = _Desk(settings, register, entries, _led(redirects))
    links: list[FeedLink] = []
    for page in (*desk.of_site(corpus), *desk.of_groups(corpus), *desk.of_corrections(corpus)):
        yield page.page
        if page.link:
            links.append(page.link)
    inputs = SubscribeInputs(tuple(links))
    yield Page(index_path("/subscribe/"), Kind.SUBSCRIBE, inputs)
    # How many posts each has is for readers of the page; the list for programs stays as it is.
    bare = SubscribeInputs(tuple(replace(link, count=0) for link in links))
    yield Page("feeds.opml", Kind.OPML, bare)


@dataclass(frozen=True, slots=True)
class _Listed:
    """A feed's page, and how `/subscribe/` lists it; an archive is not listed."""

    page: Page
    link: FeedLink | None


@dataclass(frozen=True, slots=True)
class _Desk:
    settings: Settings
    register: Register
    # By the posts' paths: what tells an entry from any other, its bytes at most, and whether it gives the whole post.
    entries: Mapping[str, tuple[str, int, bool]]
    former: Mapping[str, Sequence[str]]  # of groups' feeds: the paths that lead to each

    def weight(self, post: Post) -> int:
        """The bytes that a post's entry takes at most."""
        return self.entries[post.path][1]

    def of_site(self, corpus: Corpus) -> Iterator[_Listed]:
        site = self.settings.site
        cut = volumes if "feed-archives" in site.outputs else _newest_alone
        documents = cut(corpus.posts, self.settings.feed_size, self.weight)
        digests = [self._digest(posts) for posts in documents]
        for output, stem, kind, form in _OF_SITE:
            if output and output not in site.outputs:
                continue
            ending = _ENDINGS[kind]
            paths = [f"{stem}.{ending}", *(f"{stem}/{n}.{ending}" for n in range(len(documents) - 1, 0, -1))]
            source_first = stem == "/source-first"
            for at, (path, posts, digest) in enumerate(zip(paths, documents, digests, strict=True)):
                facts = {
                    "title": site.name,
                    "subtitle": site.tagline or None,
                    "path": path,
                    "home": "/",
                    "older": paths[at + 1] if at + 1 < len(paths) else None,
                    "current": paths[0] if at else None,
                    "source_first": source_first,
                }
                group = "source-first" if source_first else "site"
                link = None if at else FeedLink(site.name, path, "/", group, form, len(corpus.posts))
                yield _Listed(self._document(kind, facts, posts, digest), link)

    def of_groups(self, corpus: Corpus) -> Iterator[_Listed]:
        """Topics, publications and stories, each by name."""
        vocabulary, rows, outputs = corpus.vocabulary, self.register, self.settings.site.outputs
        topics = kept(vocabulary.topics, corpus.by_topic, rows, "topics", lambda t: (t.slug, t.slug))
        for topic, posts in sorted(topics, key=lambda pair: (pair[0].name.casefold(), pair[0].slug)):
            yield self._group(topic.name, topic.description, f"/topics/{topic.slug}/", "topic", posts)
        outlets = kept(vocabulary.publications, corpus.by_publication, rows, "publications", lambda p: (p.name, p.slug))
        for outlet, posts in sorted(outlets if "publications" in outputs else (), key=lambda p: p[0].name.casefold()):
            yield self._group(outlet.name, None, f"/publications/{outlet.slug}/", "publication", posts)
        stories = kept(vocabulary.stories, corpus.by_story, rows, "stories", lambda s: (s.slug, s.slug))
        for story, posts in sorted(stories if "stories" in outputs else (), key=lambda p: p[0].title.casefold()):
            yield self._group(story.title, story.description, f"/stories/{story.slug}/", "story", posts)

    def of_corrections(self, corpus: Corpus) -> Iterator[_Listed]:
        if "corrections" not in self.settings.site.outputs:
            return
        everything = [self._correction(post, correction) for correction, post in all_corrections(corpus)]
        items = Items(newest(everything, self.settings.feed_size, lambda item: weight_of_correction(_corrected(item))))
        inputs = FeedInputs(None, None, "/corrections/feed.atom", "/corrections/", items)
        link = FeedLink(None, inputs.path, inputs.home, "corrections", "Atom", len(everything))
        yield _Listed(Page("corrections/feed.atom", Kind.ATOM, inputs), link)

    def _group(self, name: str, subtitle: str | None, home: str, group: str, posts: Sequence[Post]) -> _Listed:
        title, path = f"{self.settings.site.name}: {name}", f"{home}feed.atom"
        facts = {"title": title, "subtitle": subtitle, "path": path, "home": home}
        if id_ := self._first_id(path):
            facts["id"] = id_
        shown = newest(posts, self.settings.feed_size, self.weight)
        page = self._document(Kind.ATOM, facts, shown, self._digest(shown))
        return _Listed(page, FeedLink(name, path, home, group, "Atom", len(posts)))

    def _first_id(self, path: str) -> str | None:
        """The id that a group's feed was first published under, if that was under another name; else None."""
        rows = self.register.rows
        if path in rows:
            return rows[path].id
        known = [
            (rows[old].first, rows[old].id or feed_id(old, self.settings.site))
            for old in self.former.get(path, ())
            if old in rows
        ]
        return min(known)[1] if known else None

    def _document(self, kind: Kind, facts: Mapping[str, Any], posts: Sequence[Post], digest: str) -> Page:
        """A document of these posts; `facts`: its other inputs."""

        def inputs() -> FeedInputs:
            return FeedInputs(**facts, items=Items(map(self._item, posts)))

        return Page(facts["path"].removeprefix("/"), kind, inputs, digest=digest_of(f"{facts!r} {digest}"))

    def _digest(self, posts: Iterable[Post]) -> str:
        """Of all that entries of these posts show."""
        return digest_of(" ".join([self.entries[post.path][0] for post in posts]))

    def _item(self, post: Post) -> Item:
        return Item(entry_id(post, self.settings.site, self.register), post, whole=self.entries[post.path][2])

    def _correction(self, post: Post, correction: Correction) -> Item:
        id_ = f"{entry_id(post, self.settings.site, self.register)}#corrected-{correction_key(post, correction)}"
        return Item(id_, post, correction)


def _led(redirects: Iterable[Redirect]) -> dict[str, list[str]]:
    """By the path of a group's feed, those of the feeds of its kind that lead there."""
    leads = {r.address: r.target for r in redirects if r.address.endswith("/feed.atom")}
    led: defaultdict[str, list[str]] = defaultdict(list)
    for old, target in leads.items():
        address, passed = target, {old}
        while address in leads and address not in passed:
            passed.add(address)
            address = leads[address]
        if address.split("/")[1] == old.split("/")[1]:
            led[address].append(old)
    return led


def _told(post: Post, site: Site, register: Register) -> str:
    """What tells the entry of a post from any other: its digest covers the permalink, of which its id is made."""
    id_ = other_id(post, site, register)
    return f"{post.digest} {id_}" if id_ else post.digest


def _newest_alone(posts: Sequence[Post], most: int, weigh: Callable[[Post], int]) -> list[tuple[Post, ...]]:
    """A feed without archives: the one document that its newest posts make."""
    return [newest(posts, most, weigh)]


def _corrected(item: Item) -> Correction:
    assert item.correction is not None  # an item of the feed of corrections
    return item.correction
