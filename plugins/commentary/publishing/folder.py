"""
Publishing to a folder: whole releases, and one link that says which of them readers get.

    PATH/releases/000041/    one release; files that did not change are shared between releases
    PATH/releases/000042/
    PATH/current             a link to one of them: what a web server serves

The link is replaced by one rename, so that there is no moment without a site, nor with half of one.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from commentary.errors import OutputError
from commentary.plan import MANIFEST
from commentary.publishing.lock import only_one
from commentary.publishing.manifest import content_hash, read_manifest
from commentary.publishing.place import Changes
from commentary.structured.headers import HASHED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from commentary.plan import Page

CURRENT = "current"
RELEASES = "releases"
_STAGE = ".new"
_RELEASE = re.compile(r"\d{6,}")


class ReleaseFolder:
    """Releases beside a link to the one that is served."""

    def __init__(self, path: Path, *, keep: int) -> None:
        self.path = path
        self.releases = path / RELEASES
        self.keep = keep

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """A folder that shares its files with the current release."""
        releases = self.releases
        stage = releases / _STAGE
        releases.mkdir(parents=True, exist_ok=True)
        with only_one(releases, stage):
            shutil.rmtree(stage, ignore_errors=True)
            stage.mkdir()
            if current := self._current():
                _share(releases / current, stage, [*self.published(), MANIFEST])
            try:
                yield stage
            finally:
                shutil.rmtree(stage, ignore_errors=True)

    def published(self) -> Mapping[str, str]:
        """The manifest of the current release, less what is no file there any more."""
        current = self.path / CURRENT
        return {
            path: digest
            for path, digest in (read_manifest(current / MANIFEST) or {}).items()
            if (current / path).is_file()
        }

    def switch(self, stage: Path, pages: Sequence[Page], changes: Changes) -> str:  # noqa: ARG002 - of every place
        """Make the stage a release, and the current one; releases beyond the last few go."""
        releases = self.releases
        self._carry_assets(stage)
        before, name = self._current(), f"{max(map(int, self._releases()), default=0) + 1:06}"
        os.sync()  # no link to what a power cut could still take
        stage.rename(releases / name)
        self._point(name)
        # The release before this one stays, however old it is after a rollback: somebody may be reading it.
        old = [release for release in self._releases() if release not in (before, name)][: -self.keep + 2 or None]
        # Readers have the new one, so that this cannot fail any more.
        left = [release for release in old if not _removed(releases / release)]
        told = f"{self.path / CURRENT} is release {name} now"
        return f"{told}; {', '.join(left)}, which nobody needs, cannot be removed" if left else told

    def roll_back(self) -> str:
        """Let readers get the last whole release before the current one again. OutputError if there is none."""
        releases = self.releases
        if not releases.is_dir():
            raise OutputError(f"{self.path} holds no release; publish one first")
        with only_one(releases, releases / _STAGE):
            current = self._current()
            earlier = (name for name in reversed(self._releases()) if current and int(name) < int(current))
            if not (name := next((name for name in earlier if _is_whole(releases / name)), None)):
                raise OutputError(f"{self.path} holds no whole release before {current or 'the first'}")
            self._carry_assets(releases / name)
            self._point(name)
            return f"{self.path / CURRENT} is release {name} again; it was {current}"

    def _carry_assets(self, target: Path) -> None:
        """Readers who have a page of any release that is kept still ask for its style sheet."""
        for release in self._releases():
            source = self.releases / release
            assets = (path for path in read_manifest(source / MANIFEST) or {} if path.startswith(f"{HASHED}/"))
            _share(source, target, [path for path in assets if not (target / path).exists()])

    def _releases(self) -> list[str]:
        """Names of whole releases, oldest first."""
        found = (entry.name for entry in self.releases.iterdir())
        return sorted((name for name in found if _RELEASE.fullmatch(name)), key=int)

    def _current(self) -> str | None:
        link = self.path / CURRENT
        if not link.is_symlink() and link.exists():
            raise OutputError(f"{link} is no link; move it away, so that one can be laid there")
        name = link.readlink().name if link.is_symlink() else None
        return name if name and (self.releases / name).is_dir() else None

    def _point(self, name: str) -> None:
        laid = self.path / f"{CURRENT}{_STAGE}"
        laid.unlink(missing_ok=True)
        laid.symlink_to(f"{RELEASES}/{name}")
        laid.replace(self.path / CURRENT)
        os.sync()


def _removed(release: Path) -> bool:
    """Whether a release could be removed."""
    try:
        shutil.rmtree(release)
    except OSError:
        return False
    return True


def _is_whole(release: Path) -> bool:
    """Whether every file of a release is as it was published."""
    files = read_manifest(release / MANIFEST) or {}
    try:
        return bool(files) and all(content_hash((release / path).read_bytes()) == files[path] for path in files)
    except OSError:  # one is gone, or a folder by now
        return False


def _share(source: Path, target: Path, paths: Sequence[str]) -> None:
    """Let the same files stand in two folders; a build replaces files and never writes into them."""
    for path in paths:
        to = target / path
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source / path, to, follow_symlinks=False)
        except FileNotFoundError:  # somebody took it out; it will be made again
            continue
        except OSError:  # a file system without hard links
            with suppress(IsADirectoryError):  # somebody laid it there; as above
                shutil.copy2(source / path, to, follow_symlinks=False)
