"""Publish: build beside what readers get, read it back, enter it in the register, then switch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from commentary.checks.output import Built
from commentary.errors import CorpusError, OutputError
from commentary.findings import ERROR
from commentary.model import Status
from commentary.plan import MANIFEST
from commentary.publishing.folder import ReleaseFolder
from commentary.publishing.manifest import read_manifest
from commentary.publishing.place import Changes, compare
from commentary.publishing.remote import Remote
from commentary.publishing.targets import FolderTarget, Target
from commentary.settings import keep_apart
from commentary.work.register import enter

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from pathlib import Path

    from commentary.model import Post
    from commentary.publishing.place import Place
    from commentary.settings import Settings
    from commentary.work.prepare import Prepared


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it: `told` in one line, None if nothing was switched."""

    changes: Changes
    told: str | None


def place_of(target: Target, name: str, settings: Settings) -> Place:
    """The place that a target names."""
    if isinstance(target, FolderTarget):
        return release_folder(target, settings)
    return Remote(target.remote, settings.cache / "publish" / name / "site", flags=target.flags)


def release_folder(target: FolderTarget, settings: Settings) -> ReleaseFolder:
    """The folder of releases that a target names. SettingsError: the site is made from what is there."""
    place = ReleaseFolder(settings.root / target.path, keep=target.keep)
    keep_apart(place.releases, root=settings.root, content=settings.content, theme=settings.theme)
    return place


def publish(place: Place, *, build: Callable[[Path], Prepared], today: date, dry_run: bool = False) -> Published:
    """Bring the place to hold what the posts say now.

    `build` builds into a folder. CorpusError: posts cannot be built, hold facts that are still guesses, or the built site
    is not as it must be. OutputError: it cannot be written. Either way readers get what they got before.
    """
    try:
        with place.stage() as stage:
            prepared = build(stage)
            if guesses := [f for f in prepared.findings if f.rule == "unconfirmed-guess"]:
                raise CorpusError(replace(finding, severity=ERROR) for finding in guesses)
            after = read_manifest(stage / MANIFEST) or {}
            changes = compare(place.published(), after, prepared.plan)
            _read_back(stage, prepared, changes)
            if dry_run or not changes:
                return Published(changes, None)
            enter(prepared, today=today, write=True)
            return Published(changes, place.switch(stage, prepared.plan, changes))
    except OSError as cause:
        raise OutputError(
            f"{cause.filename or 'the target'}: {cause.strerror or cause}; nothing was switched"
        ) from cause


def _read_back(stage: Path, prepared: Prepared, changes: Changes) -> None:
    """Look at the stage. Links lead from new pages to any, and from any page to those that are gone."""
    pages = {page.path: page for page in prepared.plan}
    built = Built(
        folder=stage,
        pages=pages,
        site=prepared.settings.site,
        promised=prepared.register.rows,
        hidden={post.permalink: post.path for post in prepared.posts if _is_hidden(post, prepared.now)},
    )
    if faults := sorted(built.faults(pages if changes.removed else (*changes.new, *changes.changed))):
        raise CorpusError(faults)


def _is_hidden(post: Post, now: datetime) -> bool:
    """Whether no reader may see a post yet, whatever a build was asked to show."""
    return post.status is Status.DRAFT or (post.status is Status.PUBLISHED and not post.is_due(now))
