"""Feeds of a site from its plan: entries hold what macros of the theme make of the posts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commentary.caching import Recent
from commentary.feeds.entry import Entry, Feed, of_correction, of_post
from commentary.feeds.opml import Outline, opml
from commentary.published import feed_id
from commentary.syntax.links import rebase

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

    from commentary.model import Post
    from commentary.plan.inputs import FeedInputs, Item, SubscribeInputs
    from commentary.rendering import Assets
    from commentary.settings import Site
    from commentary.views import PostView, Views

RECENT = 800  # entries that a process keeps in mind: a post's is the same in every feed


class Feeds:
    """Makes the feeds of one site. `view`: gives a post as its page shows it."""

    def __init__(
        self, env: Environment, site: Site, assets: Assets, views: Views, view: Callable[[Post], PostView]
    ) -> None:
        self._env = env
        self._site = site
        self._assets = assets
        self._views = views
        self._view = view
        self._entries: Recent[str, Entry] = Recent(RECENT)
        self._macros: Any = None

    def feed(self, inputs: FeedInputs) -> Feed:
        """A document of a feed, ready to be written in any format."""
        url = self._views.url
        return Feed(
            id=inputs.id or feed_id(inputs.current or inputs.path, self._site),
            title=inputs.title or self._name("corrections_title"),
            subtitle=inputs.subtitle,
            url=url(inputs.path),
            home=url(inputs.home),
            older=url(inputs.older) if inputs.older else None,
            current=url(inputs.current) if inputs.current else None,
            style=self._assets.feed_css,
            icon=url(self._assets.touch_icon.removeprefix(self._site.root)),
            lang=self._site.lang,
            author=self._site.author,
            email=self._site.email,
            rights=self._site.licence,
            updated=inputs.updated,
            entries=tuple(self._entry(item, source_first=inputs.source_first) for item in inputs.items),
        )

    def _entry(self, item: Item, *, source_first: bool) -> Entry:
        if item.correction:
            view = self._view(item.post)
            title = self._name("correction_title", view)
            html = str(self._macro("correction", view, item.correction))
            return of_correction(item.id, view, item.correction, title=title, html=html)
        entry = self._entries.of(item.post.path, lambda: self._of_post(item))
        return entry.source_first() if source_first else entry

    def _of_post(self, item: Item) -> Entry:
        view = self._view(item.post)
        html = self._macro("entry" if item.whole else "teaser", view)
        return of_post(item.id, view, rebase(str(html), view.url))

    def opml(self, inputs: SubscribeInputs) -> bytes:
        """The feeds of the site, in groups by what they are of, each in one format."""
        groups: dict[str, list[Outline]] = {}
        for feed in (feed for feed in inputs.feeds if feed.is_in_opml):
            title = self._name("feed_title", feed)
            outline = Outline(title, self._views.url(feed.path), self._views.url(feed.home))
            groups.setdefault(self._name("group", feed.kind), []).append(outline)
        return opml(self._site.name, self._site.author, list(groups.items()))

    def _macro(self, name: str, *values: object) -> Any:
        """Markup that a macro of the feeds' template makes of values."""
        if self._macros is None:
            self._macros = self._env.get_template("macros/feed.html").module
        return getattr(self._macros, name)(*values)

    def _name(self, macro: str, *values: object) -> str:
        """The same as plain text: titles of feeds and entries are no HTML."""
        return str(self._macro(macro, *values).unescape()).strip()
