"""What was promised of words by publishing: they change in the open, and so does what was said of a change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from commentary.findings import Finding, found
from commentary.published import entry_id
from commentary.publishing.register import digests, known_notes, notes, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.caching import Memo
    from commentary.corpus import Corpus
    from commentary.model import Post
    from commentary.published import Register, Row
    from commentary.settings import Site


def altered(corpus: Corpus, site: Site, register: Register, words: Memo) -> Iterator[Finding]:
    """A finding for every post whose words are not those that were published. `words`: of the posts' digests."""
    for post in corpus.posts:
        row = register.words_of(post, entry_id(post, site, register))
        if row is None:
            continue
        if row.corrections:
            yield from _corrections(post, row)
        excerpt, remark = words.of(post.digest, partial(digests, post))
        if excerpt != row.excerpt and not _is_corrected(post, row):
            line = post.excerpts[0].line if post.excerpts else post.line("body")
            message = "the excerpt is not the one that was published; restore it, or add what changed to `corrections`"
            yield found(post.path, line, "altered-excerpt", message)
        elif remark != row.remark and told(post) == row.updated and not _is_corrected(post, row):
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
