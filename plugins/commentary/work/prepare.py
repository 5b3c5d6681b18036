"""From files to a plan with a verdict: what `check`, `build` and Pelican all do first, and alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from commentary import checks
from commentary.checks.images import images_are_there
from commentary.checks.links import links_lead_somewhere
from commentary.checks.report import exit_status, judge
from commentary.corpus import Corpus
from commentary.errors import CorpusError
from commentary.images import dressed
from commentary.plan import Page, astray, clashes, joined, make_plan
from commentary.publishing.promises import Promises
from commentary.publishing.register import FILE, read_register
from commentary.reading.caches import Caches
from commentary.reading.load import Loaded, load
from commentary.reading.redirects import load_redirects
from commentary.templating.interface import Wording, read_wording, words_are_known
from commentary.work.ahead import work_ahead
from commentary.work.assets import SiteFiles, site_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from commentary.caching import Memos
    from commentary.findings import Finding
    from commentary.ledger import Ledger
    from commentary.model import Document, Post
    from commentary.published import Register
    from commentary.reading.redirects import Redirect
    from commentary.settings import Settings
    from commentary.work.progress import Progress


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site that is read, checked and planned; nothing of it is written yet."""

    settings: Settings
    corpus: Corpus
    ledger: Ledger
    files: SiteFiles
    wording: Wording
    register: Register  # what was published before
    plan: tuple[Page, ...]
    posts: tuple[Post, ...]  # all that could be read: drafts and held ones too
    now: datetime
    findings: tuple[Finding, ...]  # judged: with the site's severities, less what posts are excused from
    notes: tuple[str, ...] = ()  # of the caches, a line each
    uncertain: tuple[Finding, ...] = ()  # see `Loaded`

    @property
    def posts_read(self) -> int:
        """How many posts it is about: those of the corpus, and those that cannot be built."""
        corpus, folder = self.corpus, (self.settings.content / "posts").relative_to(self.settings.root).as_posix()
        built = {post.path for post in (*corpus.posts, *corpus.held, *corpus.withdrawn)}
        faulty = {f.path for f in (*self.findings, *self.uncertain) if f.path.startswith(f"{folder}/")}
        return len(built | faulty)


def survey(
    settings: Settings,
    *,
    now: datetime,
    drafts: bool = False,
    progress: Progress | None = None,
    caches: Caches | None = None,
    seen: Mapping[str, object] | None = None,
) -> Prepared:
    """Read everything and plan the site, whatever is wrong with it: `findings` says what. `caches`, `seen`: see `load`."""
    caches = caches or Caches.of(settings.cache)
    content = _read(settings, caches, progress, seen)
    loaded = content.loaded
    work_ahead(settings, loaded, caches.memos)
    corpus = Corpus.of(loaded.posts, loaded.vocabulary, now=now, drafts=drafts, documents=loaded.documents)
    plan = content.plan(corpus, caches.memos)
    # Held posts and drafts are not built yet, but must not clash on the day they are. Memos know but one plan's posts.
    shown = {post.path for post in (*corpus.posts, *corpus.withdrawn)}
    later = tuple(post for post in loaded.posts if post.path not in shown)
    hidden = replace(corpus, posts=later, withdrawn=(), documents=())
    to_come = content.plan(hidden, caches.later) if later else ()
    findings = judge(_findings(content, corpus, plan, to_come, caches.memos), loaded.posts, settings)
    caches.memos.keep()
    caches.later.keep()
    return Prepared(
        settings=settings,
        corpus=corpus,
        ledger=loaded.ledger,
        files=content.files,
        wording=content.wording,
        register=content.register,
        plan=plan,
        posts=loaded.posts,
        now=now,
        findings=tuple(findings),
        notes=loaded.notes,
        uncertain=loaded.uncertain,
    )


@dataclass(frozen=True, slots=True)
class _Content:
    """All that a site is made from, as its files are now."""

    settings: Settings
    files: SiteFiles
    loaded: Loaded
    wording: Wording
    register: Register
    redirects: tuple[Redirect, ...]
    faults: tuple[Finding, ...]  # of what could not be read

    def plan(self, corpus: Corpus, memos: Memos) -> tuple[Page, ...]:
        """The plan of a corpus of these posts."""
        return make_plan(
            corpus,
            self.settings,
            files=self.files.pages,
            register=self.register,
            redirects=self.redirects,
            ledger=self.loaded.ledger,
            memos=memos,
        )


def _read(settings: Settings, caches: Caches, progress: Progress | None, seen: Mapping[str, object] | None) -> _Content:
    files = site_files(settings)
    loaded = _dressed(load(settings, caches=caches, progress=progress, seen=seen), files)
    wording = read_wording(settings.theme, settings.site.lang)
    register, of_register = read_register(settings.content / FILE, settings.root)
    redirects, of_redirects = load_redirects(settings.content / "data", settings.root)
    faults = (*loaded.findings, *of_register, *of_redirects)
    return _Content(settings, files, loaded, wording, register, redirects, faults)


def _findings(
    content: _Content, corpus: Corpus, plan: tuple[Page, ...], to_come: tuple[Page, ...], memos: Memos
) -> Iterator[Finding]:
    """All that is wrong with a site and its plan. `to_come`: the pages of posts that are not shown yet."""
    settings, loaded = content.settings, content.loaded
    yield from content.faults
    yield from content.files.findings
    images = {page.address for page in content.files.pages}
    pictured: list[Post | Document] = [*(post for post in loaded.posts if post.pictured), *loaded.documents]
    for piece in pictured:
        yield from images_are_there(piece, images, settings.root)
    if not loaded.uncertain:
        yield from links_lead_somewhere(corpus, plan, settings.root)
    yield from words_are_known(content.wording, settings.site.lang)
    yield from checks.run(
        corpus, loaded.ledger, max_share=settings.max_share, memo=memos["checked"], root=settings.root
    )
    yield from clashes(joined(to_come, plan))
    yield from astray(plan, content.redirects, settings.site)
    yield from Promises(
        register=content.register,
        file=(settings.content / FILE).relative_to(settings.root).as_posix(),
        pages=plan,
        corpus=corpus,
        posts=loaded.posts,
        faults=(*content.faults, *loaded.uncertain),
        site=settings.site,
        redirects=content.redirects,
        words=memos["words"],
    ).broken()


def _dressed(loaded: Loaded, files: SiteFiles) -> Loaded:
    """The same, with what the files of the site say of the images in it."""
    posts = tuple(dressed(post, files.pictures) if post.pictured else post for post in loaded.posts)
    return replace(loaded, posts=posts, documents=tuple(dressed(d, files.pictures) for d in loaded.documents))


def prepare(
    settings: Settings,
    *,
    now: datetime,
    drafts: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
    seen: Mapping[str, object] | None = None,
) -> Prepared:
    """The same, for a build. CorpusError with every finding if there is an error (under `strict`: a warning)."""
    prepared = survey(settings, now=now, drafts=drafts, progress=progress, seen=seen)
    if exit_status(prepared.findings, strict=strict):
        raise CorpusError(prepared.findings)
    return prepared
