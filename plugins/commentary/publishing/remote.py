"""
Publishing to a remote through rclone: what changed and nothing else, in an order that never misleads a reader.

Assets go first, then pages, then feeds; what is gone is removed last, but for assets under hashed names, which pages
that are still in caches ask for. The manifest is uploaded at the very end, so that an upload that was cut off is
taken up again by the next, and nothing that is not ours is ever removed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from commentary.errors import OutputError
from commentary.plan import MANIFEST, Kind, Page
from commentary.publishing.lock import only_one
from commentary.publishing.manifest import VERSION
from commentary.structured.headers import FOR_EVER, HASHED, SHORT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from commentary.publishing.place import Changes

_NOT_FOUND = (3, 4)  # rclone's exit statuses for a folder and for a file that is not there
_LAST = {Kind.ATOM, Kind.RSS, Kind.JSON_FEED, Kind.OPML, Kind.SITEMAP}


class Remote:
    """A remote of rclone's, and the folder that it is staged in."""

    def __init__(self, remote: str, stage: Path, *, flags: Sequence[str] = ()) -> None:
        self.remote = remote.rstrip("/")
        self.flags = flags
        self._stage = stage

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """The folder that was uploaded last; it stays, so that the next build writes only what changed."""
        self._stage.mkdir(parents=True, exist_ok=True)
        with only_one(self._stage.parent, self._stage / "none"):
            yield self._stage

    def published(self) -> Mapping[str, str]:
        """The manifest that was uploaded last."""
        done = self._rclone("cat", f"{self.remote}/{MANIFEST}", may_fail=True)
        if done.returncode in _NOT_FOUND or (not done.returncode and not done.stdout):
            return {}
        if done.returncode:
            raise _failed(done)
        try:
            data = json.loads(done.stdout)
            return dict(data["files"]) if data["version"] == VERSION else {}
        except (ValueError, KeyError, TypeError):
            return {}

    def switch(self, stage: Path, pages: Sequence[Page], changes: Changes) -> str:
        """Upload what changed, in order, then remove what is gone, then name it all in the manifest."""
        todo = {*changes.new, *changes.changed}
        for (_, hashed), batch in groupby((p for p in pages if p.path in todo), key=_batch):
            self._copy(stage, [page.path for page in batch], caching=FOR_EVER if hashed else SHORT)
        if gone := [path for path in changes.removed if not path.startswith(f"{HASHED}/")]:
            self._rclone("delete", self.remote, "--files-from-raw", "-", paths=gone)
        self._copy(stage, [MANIFEST], caching="no-cache")
        return f"{len(todo)} files uploaded to {self.remote}, {len(gone)} removed"

    def _copy(self, stage: Path, paths: Iterable[str], *, caching: str) -> None:
        options = (
            "--checksum",
            "--no-traverse",
            "--files-from-raw",
            "-",
            "--header-upload",
            f"Cache-Control: {caching}",
        )
        self._rclone("copy", str(stage), self.remote, *options, paths=paths)

    def _rclone(
        self, *arguments: str, paths: Iterable[str] = (), may_fail: bool = False
    ) -> subprocess.CompletedProcess[str]:
        program = shutil.which("rclone")
        if not program:
            raise OutputError("rclone is not installed, and this target needs it; see rclone.org")
        command = [program, *arguments, *self.flags]
        listed = "".join(f"{path}\n" for path in paths)
        done = subprocess.run(command, input=listed, capture_output=True, text=True, check=False)  # noqa: S603 - no shell
        if done.returncode and not may_fail:
            raise _failed(done)
        return done


def _batch(page: Page) -> tuple[bool, bool]:
    return page.kind in _LAST, page.path.startswith(f"{HASHED}/")


def _failed(done: subprocess.CompletedProcess[str]) -> OutputError:
    lines = [re.sub(r"^[\d/]+ [\d:]+ ", "", line) for line in done.stderr.splitlines() if line.strip()]
    told = next((line for line in lines if re.match("ERROR|Failed|CRITICAL", line)), lines[-1] if lines else "")
    told = told or f"exit status {done.returncode}"
    return OutputError(f"rclone: {told}; what is published may be partly new, publish again once that is mended")
