"""What was promised by publishing: addresses stay, ids stay, words change in the open."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from commentary.caching import Memo
from commentary.findings import Finding, found
from commentary.model import Status
from commentary.published import Register, Row, entry_id
from commentary.publishing.register import digests
from commentary.publishing.words import altered
from commentary.settings import OUTPUTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from commentary.corpus import Corpus
    from commentary.model import Post
    from commentary.plan import Page
    from commentary.reading.redirects import Redirect
    from commentary.settings import Site

REDIRECTS = "content/data/redirects.yaml"
_DECLARED = {"topic": "topics.yaml", "publication": "publications.yaml", "story": "stories.yaml"}
# Which of COMMENTARY_OUTPUTS makes an address, where it is not called like its first folder.
_MAKER = {"feed.rss": "rss", "feed.json": "json", "source-first.atom": "source-first"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """Everything that the register is compared with."""

    register: Register
    file: str  # the register's path, for findings
    pages: Sequence[Page]
    corpus: Corpus
    posts: Sequence[Post]  # all that could be read: drafts and held ones too
    faults: Sequence[Finding]  # of what could not be read, and so may answer once that is mended
    site: Site
    redirects: Sequence[Redirect] = ()
    words: Memo = field(default_factory=Memo)  # of the posts' digests

    def broken(self) -> Iterator[Finding]:
        """A finding for every promise that this plan would break, at the line that can keep it."""
        yield from self._ids()
        if self.register.rows:
            yield from self._lost()
            yield from self._redirected()
            yield from altered(self.corpus, self.site, self.register, self.words)

    @property
    def _living(self) -> tuple[Post, ...]:
        return (*self.corpus.posts, *self.corpus.withdrawn)

    def _lost(self) -> Iterator[Finding]:
        built = {page.address for page in self.pages}
        lost = {address: row for address, row in self.register.rows.items() if address not in built}
        if not lost:
            return
        unread = {PurePosixPath(f.path).stem for f in self.faults if f.path.endswith(".md")}
        undeclared = any(f.rule == "vocabulary" for f in self.faults)
        moved = _Moved(post for post in self.posts if post.permalink not in self.register.rows)
        for address, row in lost.items():
            slug = PurePosixPath(address).name
            if any(stem == slug or stem.endswith(f"-{slug}") for stem in unread):
                continue
            if address.rpartition("/")[0] + "/" in lost and row.kind == "feed":
                continue  # the page that it is the feed of is what was lost
            if undeclared and (row.kind in _DECLARED or row.kind == "feed"):
                continue
            yield self._lost_one(address, row, moved)

    def _lost_one(self, address: str, row: Row, moved: _Moved) -> Finding:
        was = f"{address} was published on {row.first} and would be lost"
        hidden = next((post for post in self.posts if post.permalink == address), None)
        if hidden and hidden.status is Status.DRAFT:
            way = "publish it again, or write `status: withdrawn` with a `reason`"
            return found(hidden.path, hidden.line("status"), "lost-address", f"{was}; {way}")
        if hidden:
            way = "date it earlier, or write `status: withdrawn` with a `reason`"
            return found(
                hidden.path, hidden.line("date"), "lost-address", f"{was} until {hidden.posted:%Y-%m-%d}; {way}"
            )
        if row.kind == "post" and (post := moved.to(address, row)):
            way = f"add {address} to its aliases" if post.aliases else f"add `aliases: [{address}]`"
            return found(post.path, post.line("aliases", "slug", "date", "title"), "lost-address", f"{was}; {way}")
        name = address.split("/")[1]
        maker = _MAKER.get(name, name)
        match row.kind:
            case kind if kind != "post" and maker in OUTPUTS and maker not in self.site.outputs:
                way = f"add {maker!r} to COMMENTARY_OUTPUTS in pelicanconf.py, or name its new address in {REDIRECTS}"
            case "post":
                way = (
                    "bring its file back, with `status: withdrawn` and a `reason` if it must go; "
                    f"if it has moved, add `aliases: [{address}]` to the post"
                )
            case "page":
                way = f"bring its file in content/pages back, or name its new address in {REDIRECTS}"
            case "topic" | "publication" | "story":
                way = f"declare it again in content/data/{_DECLARED[row.kind]}, or name its new address in {REDIRECTS}"
            case _:
                way = f"name its new address in {REDIRECTS}, or add it to a post's aliases again"
        return found(self.file, self.register.lines.get(address, 1), "lost-address", f"{was}; {way}")

    def _redirected(self) -> Iterator[Finding]:
        """A post takes its id and what is known of its words along by an alias; a redirect leaves them behind."""
        rows = self.register.rows
        asked = [(r, rows[r.address]) for r in self.redirects if r.address in rows and rows[r.address].kind == "post"]
        if not asked:
            return
        ids = {post.permalink: entry_id(post, self.site, self.register) for post in self._living}
        known = {*ids.values()}
        for redirect, row in asked:
            clashes = redirect.address in ids  # which the plan says
            is_lost = row.id not in known and not self.faults  # else it may be that of a post that could not be read
            if not clashes and (row.excerpt is not None or is_lost):
                message = (
                    f"{redirect.address} was published as a post; write `aliases: [{redirect.address}]` in the post that it is now "
                    "in place of this line, or if it must go, bring its file back with `status: withdrawn` and a `reason`"
                )
                yield found(redirect.file, redirect.line, "redirect", message)

    def _ids(self) -> Iterator[Finding]:
        if not self.register.rows and not any(post.id for post in self.posts):
            return  # ids are made of permalinks, of which each post has its own
        owners: dict[str, Post] = {}
        for post in reversed(self._living):
            id_ = entry_id(post, self.site, self.register)
            first = owners.setdefault(id_, post)
            # Two posts at one address clash, which the plan says.
            if first is not post and first.permalink != post.permalink:
                message = f"the feed id {id_} is that of {first.path} already; give one of the two another `id` or slug"
                yield found(post.path, post.line("id", "slug", "date"), "changed-id", message)
            if not post.id or not self.register.rows:
                continue
            own = self.register.rows.get(post.permalink)
            known = {own.id} if own and own.id else self.register.ids_of(post)
            if known and id_ not in known:
                before = ", ".join(sorted(known))
                message = f"the feed id would change from {before} to {id_}; take `id` out, or write `id: {before}`"
                yield found(post.path, post.line("id"), "changed-id", message)


class _Moved:
    """Posts at new addresses, found again by their words or by the last part of the old address."""

    def __init__(self, posts: Iterable[Post]) -> None:
        self._posts = tuple(posts)
        self._words: dict[str, Post] = {}
        for post in self._posts:
            self._words |= dict.fromkeys(digests(post), post)

    def to(self, address: str, row: Row) -> Post | None:
        by_words = self._words.get(row.excerpt or "") or self._words.get(row.remark or "")
        slug = PurePosixPath(address).name
        return by_words or next((post for post in self._posts if post.slug == slug), None)
