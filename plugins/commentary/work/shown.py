"""One state of a site that its author looks at: planned whole, and each page rendered when somebody asks for it."""

from __future__ import annotations

import threading
from contextlib import nullcontext
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commentary import checks
from commentary.checks.images import images_are_there
from commentary.checks.report import exit_status, judge
from commentary.errors import CommentaryError, CorpusError, PostSyntaxError
from commentary.images import dressed
from commentary.model import Post
from commentary.plan import Page, fingerprint
from commentary.plan.inputs import Item, Moment
from commentary.reading.parse import parse_post
from commentary.reading.resolve import is_buildable, resolve
from commentary.reading.text import read_file
from commentary.rendering import Renderer
from commentary.templating.compiled import Compiled
from commentary.templating.environment import closure_key
from commentary.work.assets import theme_files
from commentary.work.clock import moment
from commentary.work.prepare import Prepared, survey
from commentary.work.progress import on_terminal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from jinja2 import Environment

    from commentary.findings import Finding
    from commentary.reading.caches import Caches
    from commentary.rendering import Assets
    from commentary.settings import Settings

MOST = 200  # pages that are kept rendered, and posts that are looked at one by one


class AtHand(Compiled):
    """The code of templates, kept in memory, so that an author waits only for the one that changed to be compiled.

    `constants`: name -> what is worked into the code of every template that mentions the name.
    """

    def __init__(self, codes: dict[str, Any], constants: Mapping[str, object]) -> None:
        super().__init__()
        if len(codes) >= MOST:
            codes.clear()
        self._before = self._now = codes
        self._constants = constants

    def get_source_checksum(self, source: str) -> str:
        """A hash of all that goes into the code of a template."""
        used = [repr(value) for name, value in self._constants.items() if name in source]
        return sha256("\0".join([source, *used]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the settings and plugins of a site give to all of its pages, until they change."""

    settings: Settings
    env: Environment
    caches: Caches
    now: str | None = None  # what `--now` says
    drafts: bool = False
    strict: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)  # templates are rendered one at a time
    codes: dict[str, Any] = field(default_factory=dict)  # of templates

    def survey(self) -> Prepared:
        """The site as its files are now. CorpusError with every finding if a build would fail."""
        now = moment(self.now, self.settings.site.zone)
        prepared = survey(
            self.settings, now=now, drafts=self.drafts, caches=self.caches, progress=on_terminal("Reading")
        )
        if self.fails(prepared.findings):
            raise CorpusError(prepared.findings)
        return prepared

    def renderer(self, prepared: Prepared, assets: Assets) -> Renderer:
        """What renders the pages of a plan."""
        wording = prepared.wording
        with self.lock:
            renderer = Renderer(
                self.env,
                self.settings.site,
                prepared.corpus.vocabulary,
                assets,
                self.settings.root,
                wording=wording,
                ledger=prepared.ledger,
            )
        renderer.env.bytecode_cache = AtHand(self.codes, {"": (wording.lang, wording.digest), "assets": assets})
        return renderer

    def fails(self, findings: Iterable[Finding]) -> bool:
        """Whether a build with these findings would fail."""
        return bool(exit_status(findings, strict=self.strict))


def as_error(cause: Exception) -> CommentaryError:
    """One line for what nobody reckoned with: a file that has just gone, a filter or a plugin that fails."""
    if isinstance(cause, OSError):
        return CommentaryError(f"{cause.filename or 'a file'}: {cause.strerror or cause}; mend that, and it goes on")
    return CommentaryError(f"{type(cause).__name__}: {cause}; mend the filter or plugin that fails, and save it again")


@dataclass(frozen=True)
class Shown:
    """A site that was planned; `posts` and `theme` are newer than the plan, `faults` is what stops newer ones."""

    workshop: Workshop
    prepared: Prepared
    renderer: Renderer
    pages: Mapping[str, Page]  # by path
    posts: Mapping[str, Post] = field(default_factory=dict)  # by path of their files
    theme: Mapping[str, Page] = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()
    _rendered: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, workshop: Workshop, prepared: Prepared) -> Shown:
        """The site as it was planned."""
        renderer = workshop.renderer(prepared, prepared.files.assets)
        return cls(workshop, prepared, renderer, {page.path: page for page in prepared.plan})

    def page(self, path: str) -> Page | None:
        """The page of a path below the output folder."""
        return self.theme.get(path) or self.pages.get(path)

    @cached_property
    def pictures(self) -> str:
        """A hash of all files that pages may show."""
        return fingerprint(tuple(page.inputs for page in self.prepared.files.pages))

    def render(self, page: Page) -> bytes:
        """A page's bytes. CommentaryError if it cannot be rendered; a template's fault is a finding at its line."""
        known = self._rendered.get(page.path)
        if known is None:
            try:
                with self.workshop.lock if page.kind.template else nullcontext():
                    known = self.renderer.render(self._with_newest(page) if self.posts else page)
            except CommentaryError:
                raise
            except Exception as cause:
                raise as_error(cause) from cause
            if len(self._rendered) >= MOST:
                self._rendered.clear()
            self._rendered[page.path] = known
        return known

    def _with_newest(self, page: Page) -> Page:
        inputs = page.inputs
        values = {each.name: self._newest(getattr(inputs, each.name)) for each in fields(inputs)}
        return page._replace(source=replace(inputs, **values), digest=None)

    def _newest(self, value: Any) -> Any:
        """What a page is made from, with the newest posts: a renderer knows one of each path, the first that it meets."""
        match value:
            case Post(path=path):
                return self.posts.get(path, value)
            case tuple() if not hasattr(value, "_fields"):
                return tuple(map(self._newest, value))
            case Moment() | Item():
                return replace(value, post=self._newest(value.post))
        return value

    def template_faults(self) -> list[Finding]:
        """What is wrong with the templates, found by rendering a page of each kind."""
        findings: list[Finding] = []
        for page in {page.kind: page for page in self.prepared.plan if page.kind.template}.values():
            try:
                closure_key(self.renderer.env, page.kind.template or "")
                self.render(page)
            except CommentaryError as error:
                findings += error.findings if isinstance(error, CorpusError) else ()
        return list(dict.fromkeys(findings))

    def revised(self, files: Collection[Path]) -> Shown:
        """The same with what these files hold now, as far as that needs no new plan.

        A post with an error stays as it was. OSError: a file of the theme cannot be read.
        """
        settings = self.workshop.settings
        revised = self
        if any(file.is_relative_to(settings.theme) for file in files):
            pages, assets = theme_files(settings)
            revised = self._anew(assets, theme={page.path: page for page in pages})
        texts = [file for file in files if file.suffix == ".md" and file.is_relative_to(settings.content / "posts")]
        return revised.with_posts(texts) if 0 < len(texts) <= MOST else revised

    def _anew(self, assets: Assets | None = None, **changes: Any) -> Shown:
        """The same with changes, and nothing of it rendered yet."""
        renderer = self.workshop.renderer(self.prepared, assets or self.renderer.assets)
        return replace(self, renderer=renderer, _rendered={}, **changes)

    def with_posts(self, files: Collection[Path]) -> Shown:
        """The same with what these texts of posts hold now."""
        posts, faults = dict(self.posts), list(self.faults)
        for file in files:
            path = file.relative_to(self.workshop.settings.root).as_posix()
            faults = [finding for finding in faults if finding.path != path]
            planned = self._planned.get(path)
            if planned is None or not file.is_file():
                continue
            post, findings = self._read(file, path)
            if post and (post.permalink, post.posted, post.status) == (
                planned.permalink,
                planned.posted,
                planned.status,
            ):
                posts[path] = post
            faults += findings
        return self._anew(posts=posts, faults=tuple(faults))

    @cached_property
    def _planned(self) -> Mapping[str, Post]:
        return {post.path: post for post in self.prepared.corpus.posts}

    def _read(self, file: Path, path: str) -> tuple[Post | None, list[Finding]]:
        """A post as its file is now, or the errors that keep it from being built."""
        settings, corpus = self.workshop.settings, self.prepared.corpus
        try:
            text = read_file(file, path=path)
            written = parse_post(text, path=path, zone=settings.site.zone, vocabulary=corpus.vocabulary)
        except PostSyntaxError as cause:
            return None, list(cause.findings)
        post, findings = resolve(written, corpus.vocabulary)
        if is_buildable(findings):
            post = dressed(post, self.prepared.files.pictures)
            alone = replace(corpus, posts=(post,), withdrawn=(), held=())
            findings += images_are_there(post, {page.address for page in self.prepared.files.pages}, settings.root)
            findings += checks.run(alone, self.prepared.ledger, max_share=settings.max_share, root=settings.root)
        errors = [f for f in judge(findings, [post], settings) if self.workshop.fails([f])]
        return (None, errors) if errors else (post, [])

    def without(self, posts: Collection[str]) -> Shown:
        """The same with these posts as they were planned."""
        kept = {path: post for path, post in self.posts.items() if path not in posts}
        return self._anew(posts=kept)
