"""Numbered lists, and what lists say of posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from commentary.plan.fingerprints import digest_of
from commentary.plan.inputs import Stretch
from commentary.plan.page import Kind, Page, index_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from commentary.model import Post
    from commentary.plan.inputs import Inputs
    from commentary.views import Refs


@dataclass(frozen=True, slots=True)
class Chunk:
    """One page of a numbered list."""

    path: str
    number: int | None  # None: the newest page, which stands at the list's own address
    posts: Sequence[Post]
    newer: Stretch | None
    older: Stretch | None

    @property
    def place(self) -> str:
        """What tells its number and neighbours from any others."""
        return repr((self.number, self.newer, self.older))

    def page(self, kind: Kind, facts: object, make: Callable[..., Inputs], ref: Refs) -> Page:
        """A page that mentions these posts; `make`: gives its inputs, of which `facts` are those that are not the chunk's."""

        def inputs() -> Inputs:
            return make(refs=tuple(map(ref, self.posts)), number=self.number, newer=self.newer, older=self.older)

        digest = digest_of(f"{facts!r} {self.place} {mentions_of(self.posts)}")
        return Page(index_path(self.path), kind, inputs, digest=digest, changed=last_day(self.posts))


def numbered(posts: Sequence[Post], base: str, size: int, root: str) -> list[Chunk]:
    """Cut a list (newest first) into pages that are numbered from the oldest.

    `/page/1/` holds the oldest `size` posts for ever; the newest page, at `base` itself, holds
    `size` to `2 * size - 1`. So a new post changes the newest page alone, until that one splits.
    """
    full = max(0, len(posts) // size - 1)  # pages that are finished
    newest = len(posts) - full * size
    numbers: list[int | None] = [None, *range(full, 0, -1)]
    slices = [posts[:newest], *(posts[start : start + size] for start in range(newest, len(posts), size))]
    paths = [base if number is None else f"{base}page/{number}/" for number in numbers]

    def stretch(at: int) -> Stretch | None:
        if not 0 <= at < len(paths):
            return None
        if at == 0:
            return Stretch(root + paths[0])
        return Stretch(root + paths[at], day_of(slices[at][-1]), day_of(slices[at][0]))

    return [
        Chunk(path, number, part, stretch(at - 1), stretch(at + 1))
        for at, (path, number, part) in enumerate(zip(paths, numbers, slices, strict=True))
    ]


def mentions_of(posts: Iterable[Post]) -> str:
    """What tells that which lists show of these posts from anything else."""
    return " ".join([post.mention for post in posts])


def digests_of(posts: Iterable[Post]) -> str:
    """What tells all that is known of these posts from anything else."""
    return " ".join([post.digest for post in posts])


def day_of(post: Post) -> date:
    """The day that it was posted on."""
    return date.fromordinal(post.day)


def last_day(posts: Sequence[Post]) -> str | None:
    """When a list that mentions these posts last changed, newest first; None: there are none."""
    return day_of(posts[0]).isoformat() if posts else None


def last_change(posts: Iterable[Post]) -> str | None:
    """When a list that shows these posts as a whole last changed."""
    return max((post.changed for post in posts), default=(0.0, None))[1]
