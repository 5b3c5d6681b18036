"""A page of the plan becomes bytes, given the Jinja environment: a function of the page and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from commentary.caching import Memo, Recent
from commentary.feeds.atom import atom
from commentary.feeds.json_feed import json_feed
from commentary.feeds.rss import rss
from commentary.images import encoded
from commentary.model import Document, Post
from commentary.plan import Fingerprints, Kind, Page, digest_of, fingerprint
from commentary.plan.inputs import (
    DataInputs,
    FeedInputs,
    FileInputs,
    ImageInputs,
    Moment,
    PostInputs,
    ReceiptInputs,
    SearchDataInputs,
    SitemapInputs,
    SubscribeInputs,
    TextInputs,
)
from commentary.rendering.failures import guarded
from commentary.rendering.feeds import Feeds
from commentary.structured.data import as_csv, as_json, quotations, written
from commentary.structured.headers import POLICY, policy_with
from commentary.structured.json_ld import data_script, posting
from commentary.structured.receipt import receipt
from commentary.structured.sitemap import sitemap
from commentary.templating.compiled import Compiled
from commentary.templating.environment import closure_key, environment_key, prepare
from commentary.views import NO_LEDGER, PostView, Views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Environment

    from commentary.ledger import Ledger
    from commentary.settings import Site
    from commentary.templating.interface import Wording
    from commentary.vocabulary import Vocabulary

T = TypeVar("T")

FEEDS = {Kind.ATOM: atom, Kind.RSS: rss, Kind.JSON_FEED: json_feed}
RECENT = 400  # posts that a process keeps in mind as they are shown


@dataclass(frozen=True, slots=True)
class Here:
    """The address of the page being rendered."""

    path: str  # below the site's root: "/topics/russia/"
    href: str
    url: str


@dataclass(frozen=True, slots=True)
class Assets:
    """Where the theme's assets are, hashes and all."""

    css: str
    favicon: str
    scripts: Mapping[str, str]  # by the names of the modules: "search"
    feed_css: str  # for feeds that are opened in a browser
    icon: str  # the favicon for browsers that show no SVG
    touch_icon: str  # and that of feeds, whose readers show no SVG either
    manifest: str
    card: str  # the picture that others show beside a link to us


class Renderer:
    """Renders the pages of one plan with one environment.

    `root`: the project's folder, to name templates in findings the way authors see them. `cache`: the folder of what
    builds keep; None: nothing is kept.
    """

    def __init__(
        self,
        env: Environment,
        site: Site,
        vocabulary: Vocabulary,
        assets: Assets,
        root: Path,
        *,
        ledger: Ledger = NO_LEDGER,
        wording: Wording,
        cache: Path | None = None,
    ) -> None:
        self.env = prepare(env, wording, {"site": site, "assets": assets})
        self.site = site
        self.assets = assets
        self.wording = wording
        self.root = root
        self.views = Views(site, vocabulary, ledger)
        self._posts: Recent[str, PostView] = Recent(RECENT)
        self._rows = Memo(cache / "posts" / "rows" if cache else None)
        self._year: tuple[DataInputs, list[tuple[str, str]]] | None = None
        self._feeds = Feeds(self.env, site, assets, self.views, self._post)
        self._compiled = Compiled(cache / "builds" / "templates" if cache else None, self._everywhere)
        self.env.bytecode_cache = self._compiled
        self._manners: dict[Kind, str] = {}  # how each kind is rendered: by which templates, with which words
        self._fingerprints = Fingerprints()

    def get_ready(self, pages: Iterable[Page], *, jobs: int = 1) -> None:
        """Do what many of these pages need, before the build forks. CorpusError: a template cannot be read."""
        for page in {page.kind: page for page in pages}.values():
            name = page.kind.template
            closure = closure_key(self.env, name) if name else ""
            self._manners[page.kind] = digest_of(f"{page.kind.value} {closure} {self._everywhere}")
            if isinstance(inputs := page.inputs, SearchDataInputs):
                inputs.file.index.get_ready(jobs)

    def key(self, page: Page) -> str:
        """What tells all that the bytes of a path depend on, besides the programs (see `caching.program`): hashes."""
        if page.kind not in self._manners:
            self.get_ready([page])
        return self._manners[page.kind] + (page.digest or self._fingerprints.of(page.inputs))

    def keep(self) -> None:
        """Keep the templates, as they are compiled, and rows of the open data for the next build."""
        self._compiled.keep()
        self._rows.keep()

    @cached_property
    def _everywhere(self) -> str:
        """A hash of what any page may show."""
        words = (self.wording.lang, self.wording.digest)
        return fingerprint((self.site, self.assets, words, environment_key(self.env)))

    def render(self, page: Page) -> bytes:  # noqa: PLR0911 - one for each sort of file
        """The page's bytes. CorpusError with a finding at the template's line if it cannot be rendered."""
        match inputs := page.inputs:
            case FileInputs(path=path):
                return Path(path).read_bytes()
            case ImageInputs(file=file, digest=digest, width=width, cache=cache):
                return encoded(file, digest, width, cache, path=page.origin.path if page.origin else file)
            case TextInputs(text=text):
                return text.encode()
            case ReceiptInputs(post=post):
                return receipt(post, self.views.ledger, self.site)
            case SearchDataInputs(file=file):
                return file.text.encode()
            case SitemapInputs(entries=entries, index=index):
                return sitemap(entries, self.site.url, index=index)
            case FeedInputs() as feed:
                return FEEDS[page.kind](self._guarded(lambda: self._feeds.feed(feed)))
            case SubscribeInputs() as listed if page.kind is Kind.OPML:
                return self._guarded(lambda: self._feeds.opml(listed))
            case DataInputs() as data:
                if page.kind is Kind.QUOTATIONS_CSV:
                    return as_csv(row for _, row in self._quotations(data))
                return as_json((row for row, _ in self._quotations(data)), data.year, self.site)
        here = Here(page.address, self.views.href(page.address), self.views.url(page.address))
        names = {field.name: self._view(getattr(inputs, field.name)) for field in fields(inputs)}
        card = self.views.url(self.assets.card.removeprefix(self.site.root))
        policy = POLICY
        if isinstance(inputs, PostInputs):
            names["posting"] = None
            if "json-ld" in self.site.outputs:
                names["posting"] = data_script(posting(names["post"], self.site, card))
                policy = policy_with(names["posting"])
        template = page.kind.template
        assert template is not None  # only files have none, and they are done
        return self._guarded(
            lambda: self.env.get_template(template).render(
                names, here=here, card=card, policy=policy, kind=page.kind.value
            )
        ).encode()

    def _view(self, value: Any) -> Any:
        """The value as templates see it: posts and documents as views, in whatever holds them."""
        match value:
            case Post():
                return self._post(value)
            case Document():
                return self.views.document(value)
            case Moment():
                return {"ref": value.ref, "post": self._post(value.post)}
            case tuple() if not hasattr(value, "_fields"):
                return tuple(self._view(item) for item in value)
            case _:
                return value

    def _post(self, post: Post) -> PostView:
        return self._posts.of(post.path, lambda: self.views.post(post))

    def _quotations(self, inputs: DataInputs) -> list[tuple[str, str]]:
        """The rows of a year, which two files have."""
        if not self._year or self._year[0] is not inputs:
            self._year = inputs, [self._written(post) for post in inputs.posts]
        return self._year[1]

    def _written(self, post: Post) -> tuple[str, str]:
        """A post's rows of the open data; a year has thousands of posts, of which few changed."""
        key = f"{self._everywhere[:16]} {post.digest}"
        return self._rows.of(key, lambda: written(tuple(quotations(post, self.views))))

    def _guarded(self, render: Callable[[], T]) -> T:
        return guarded(render, self.root)
