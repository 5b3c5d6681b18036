"""What was promised of words by publishing: they change in the open, and so does what was said of a change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from commentary.findings import Finding, found
from commentary.published import entry_id
from commentary.publishing.register import NOTHING, digests, known_notes, notes, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commentary.caching import Memo
    from commentary.corpus import Corpus
    from commentary.model import Post
    from commentary.published import Register, Row
    from commentary.settings import Site


def altered(corpus: Corpus, site: Site, register: Register, words: Memo) -> Iterator[Finding]:
    """A finding for every post whose words are not those that were published. `words`: of the posts' digests."""
    changed, new = [], []
    for post in corpus.posts:
        row = register.words_of(post, entry_id(post, site, register))
        if row is None:
            new.append(post)
            continue
        if row.corrections:
            yield from _corrections(post, row)
        known = words.of(post.digest, partial(digests, post))
        if known != (row.excerpt, row.remark):
            changed.append((post, row, known))
    if not changed:
        return
    left = _Left(register, (post for post, _, _ in changed))
    for post in new:  # a new post may quote and say what it likes, but not be another
        if address := left.whole.get(words.of(post.digest, partial(digests, post))):
            yield _elsewhere(post, address)
    left.add(corpus.withdrawn)
    for post, row, known in changed:
        if address := left.place(row, known):
            yield _elsewhere(post, address)
        else:
            yield from _edited(post, row, known)


class _Left:
    """Words that were published, and are no more at the addresses that they were published at."""

    def __init__(self, register: Register, posts: Iterable[Post]) -> None:
        self._register = register
        self.whole: dict[tuple[str, str | None], str] = {}  # (excerpt, remark) -> address
        self._excerpts: dict[str, str] = {}
        self.add(posts)

    def add(self, posts: Iterable[Post]) -> None:
        """These posts are where others were published."""
        for address in (address for post in posts for address in (post.permalink, *post.aliases)):
            row = self._register.rows.get(address)
            if row and row.excerpt is not None:
                self.whole[row.excerpt, row.remark] = address
                if row.excerpt != NOTHING:
                    self._excerpts[row.excerpt] = address

    def place(self, own: Row, words: tuple[str, str]) -> str | None:
        """The address where these words were published as another post's; None: nowhere.

        Only a post whose remark is another, too, can be another post: two excerpts that had been mixed up are put
        right, in the open, under the remarks that they belong to.
        """
        excerpt, remark = words
        if remark == own.remark:
            return None
        address = self.whole.get(words) or (self._excerpts.get(excerpt) if excerpt != own.excerpt else None)
        return address if address and self._register.rows[address].id != own.id else None


def _elsewhere(post: Post, address: str) -> Finding:
    message = (
        f"these words were published at {address}, under a feed id that another post has now; "
        "the posts have changed places: give each its own slug and date again"
    )
    return found(post.path, post.line("slug", "date", "title"), "changed-id", message)


def _edited(post: Post, row: Row, words: tuple[str, str]) -> Iterator[Finding]:
    excerpt, remark = words
    if _is_corrected(post, row):
        return
    if excerpt != row.excerpt:
        line = post.excerpts[0].line if post.excerpts else post.line("body")
        message = "the excerpt is not the one that was published; restore it, or add what changed to `corrections`"
        yield found(post.path, line, "altered-excerpt", message)
    elif remark != row.remark and told(post) == row.updated:
        message = (
            "the remark is not the one that was published; if readers should know, "
            "date the change under `updated` or say it in `corrections`"
        )
        yield found(post.path, post.line("body"), "altered-remark", message)


def _is_corrected(post: Post, row: Row) -> bool:
    """Whether there is a correction that was not published yet."""
    if not row.notes:
        return len(post.corrections) > row.corrections
    return not notes(post).keys() <= known_notes(row).keys()


def _corrections(post: Post, row: Row) -> Iterator[Finding]:
    before, now = known_notes(row), notes(post)
    line = post.line("corrections", "title")
    if lost := sorted(before.keys() - now.keys()):
        dates = ", ".join(f"{key[:4]}-{key[4:6]}-{key[6:8]}" for key in lost)
        message = f"the correction of {dates} was published and would vanish; bring it back, under that date"
        yield found(post.path, line, "lost-correction", message)
    elif len(post.corrections) < row.corrections:
        message = f"{row.corrections - len(post.corrections)} of the published corrections would vanish; bring all back"
        yield found(post.path, line, "lost-correction", message)
    elif any(now[key] != note for key, note in before.items()):
        message = (
            "a correction is not the one that was published; restore it and add another one, "
            "or if it was a misprint, write `allow: altered-correction`"
        )
        yield found(post.path, line, "altered-correction", message)
