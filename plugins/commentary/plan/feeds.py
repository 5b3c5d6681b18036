"""The plan's feeds, and the page that lists them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from commentary.plan.inputs import FeedInputs, FeedLink, SubscribeInputs
from commentary.plan.lists import index_path
from commentary.plan.page import Kind, Page
from commentary.views import revised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commentary.corpus import Corpus
    from commentary.model import Post
    from commentary.settings import Settings, Site

# What an empty feed says of its last change: Atom demands a date, and a build has no clock.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def entry_id(post: Post, site: Site) -> str:
    """A post's feed id: the author's `id`, else a tag URI (RFC 4151) of the permalink."""
    return post.id or f"tag:{site.host},{post.posted:%Y-%m-%d}:{post.permalink}"


def feeds(corpus: Corpus, settings: Settings) -> Iterator[Page]:
    """Atom and RSS for the site, Atom for every topic, and `/subscribe/`."""
    site = settings.site

    def feed(title: str, subtitle: str | None, path: str, home: str, posts: Sequence[Post]) -> FeedInputs:
        shown = tuple(posts[: settings.feed_size])
        moments = [revised(post) or post.posted for post in shown]
        ids = tuple(entry_id(post, site) for post in shown)
        return FeedInputs(title, subtitle, path, home, shown, ids, max(moments, default=NEVER))

    whole = feed(site.name, site.tagline or None, "/feed.atom", "/", corpus.posts)
    yield Page("feed.atom", Kind.ATOM, whole)
    rss = feed(site.name, site.tagline or None, "/feed.rss", "/", corpus.posts)
    yield Page("feed.rss", Kind.RSS, rss)
    links = [
        FeedLink(site.name, site.root + "/feed.atom", "site", "Atom"),
        FeedLink(site.name, site.root + "/feed.rss", "site", "RSS"),
    ]
    for topic in sorted(corpus.vocabulary.topics, key=lambda t: (t.name.casefold(), t.slug)):
        if topic.slug in corpus.by_topic:
            home = f"/topics/{topic.slug}/"
            title = f"{site.name}: {topic.name}"
            inputs = feed(title, topic.description, home + "feed.atom", home, corpus.by_topic[topic.slug])
            yield Page(f"topics/{topic.slug}/feed.atom", Kind.ATOM, inputs)
            links.append(FeedLink(topic.name, site.root + inputs.path, "topic", "Atom"))
    yield Page(index_path("/subscribe/"), Kind.SUBSCRIBE, SubscribeInputs(tuple(links)))
