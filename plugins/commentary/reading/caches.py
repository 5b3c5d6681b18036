"""What is known from the last time that a site was read and planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commentary.caching import Memos
from commentary.tables import Table

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Caches:
    """The caches of one site. Whoever plans it again and again holds them, and reads none twice."""

    index: Table  # of the posts
    memos: Memos  # of texts and the plan
    later: Memos  # of the plan of posts that are not shown yet

    @classmethod
    def of(cls, folder: Path) -> Caches:
        """Those below a site's cache folder."""
        posts = folder / "posts"
        return cls(Table(posts / "index"), Memos(posts), Memos(posts / "later"))
