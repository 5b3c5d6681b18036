"""Copies of pages: fetched by us, or supplied as a file by the author."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commentary.errors import CaptureError
from commentary.fetching import fetch
from commentary.fetching.body import MOST_BYTES
from commentary.ledger import Retrieval
from commentary.snapshots.store import Snapshot, keep

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that is not kept yet."""

    snapshot: Snapshot
    headers: tuple[tuple[str, str], ...] | None  # of the answer; None: the author supplied a file

    def keep(self, folder: Path, *, at: datetime) -> Retrieval:
        """Save it, and give the fact for the ledger. OutputError if it cannot be saved."""
        keep(folder, self.snapshot, at=at, headers=self.headers)
        return Retrieval(
            url=self.snapshot.url,
            at=at,
            how="supplied" if self.headers is None else "fetched",
            sha256=self.snapshot.sha256,
            words=self.snapshot.words,
        )


def fetch_copy(url: str, *, allow_loopback: bool) -> Copy:
    """The page at an address. CaptureError says in one line why there is none."""
    got = fetch(url, allow_loopback=allow_loopback)
    return Copy(Snapshot(url, got.body, got.header("content-type")), got.headers)


def read_copy(file: Path, url: str) -> Copy:
    """A page that the author saved. CaptureError if it cannot be read, or is no page of text."""
    try:
        with file.open("rb") as stream:
            body = stream.read(MOST_BYTES + 1)
    except OSError as cause:
        raise CaptureError(str(file), f"{cause.strerror}; name a page that you saved as HTML") from cause
    if len(body) > MOST_BYTES:
        raise CaptureError(str(file), f"it is larger than {MOST_BYTES // 1_000_000} MB; save the page as HTML only")
    if b"\0" in body[:4096] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CaptureError(str(file), "it is not a page of text; save the page in a browser as HTML only")
    return Copy(Snapshot(url, body, "text/plain" if file.suffix.lower() == ".txt" else ""), None)
