"""The posts that a command is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from commentary.errors import CommentaryError, CorpusError
from commentary.findings import Severity, nearest
from commentary.model import Status
from commentary.reading.load import content_is_there, load
from commentary.work.record import whole_ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commentary.findings import Finding
    from commentary.model import Post
    from commentary.reading.load import Loaded
    from commentary.settings import Settings


@dataclass(frozen=True, slots=True)
class Chosen:
    """The posts that a command is about, of all content."""

    posts: tuple[Post, ...]
    loaded: Loaded
    by_name: bool  # and not all that there are

    @property
    def unread(self) -> tuple[Finding, ...]:
        """The errors for which posts that were to be among them are not."""
        return () if self.by_name else tuple(f for f in self.loaded.findings if f.severity is Severity.ERROR)

    @property
    def is_whole(self) -> bool:
        """Whether what none of these posts cites is cited by none."""
        return not self.by_name and not self.loaded.findings and not self.loaded.uncertain


def choose_posts(settings: Settings, names: Sequence[str]) -> Chosen:
    """The posts of these names (a file, a slug or an address), by default all that are not withdrawn.

    CommentaryError for a name that no readable post has; CorpusError if there is no content, or no ledger that can be read.
    """
    if missing := content_is_there(settings):
        raise CorpusError(missing)
    whole_ledger(settings)
    loaded = load(settings)
    posts = [post for post in loaded.posts if post.status is not Status.WITHDRAWN]
    if not names:
        return Chosen(tuple(posts), loaded, by_name=False)
    by_name: dict[str, Post] = {}
    for post in posts:
        for name in (post.slug, post.permalink, str((settings.root / post.path).resolve()), post.path):
            by_name.setdefault(name, post)
    chosen: dict[str, Post] = {}
    for name in names:
        file = Path(name).resolve()
        found = by_name.get(name) or by_name.get(str(file)) or by_name.get(f"/{name.strip('/')}/")
        if not found:
            if faults := _faults(name, loaded, settings):
                raise CorpusError(faults)
            hint = nearest(name, by_name) or "; give a post's file or slug"
            raise CommentaryError(f"{name} is no post{hint}")
        chosen[found.path] = found
    return Chosen(tuple(chosen.values()), loaded, by_name=True)


def _faults(name: str, loaded: Loaded, settings: Settings) -> list[Finding]:
    """Why there is no post of a name: what is wrong with its file, or with the vocabularies that would resolve it."""
    file, slug = Path(name).resolve(), PurePosixPath(name).name

    def is_meant(finding: Finding) -> bool:
        stem = PurePosixPath(finding.path).stem
        is_named = finding.path.endswith(".md") and slug in (stem, re.sub(r"^\d{4}-\d{2}-\d{2}-", "", stem))
        return is_named or (settings.root / finding.path).resolve() == file

    faults = [finding for finding in loaded.findings if is_meant(finding)]
    if not faults and any(map(is_meant, loaded.uncertain)):
        faults = [finding for finding in loaded.findings if finding.rule == "vocabulary"]
    return faults
