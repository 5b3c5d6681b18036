"""Copies of source pages as they came, one WARC file (ISO 28500) each, outside the site: nothing of it is published."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

from commentary.errors import OutputError
from commentary.files import replace_file
from commentary.snapshots.visible import read_visible
from commentary.webpage import read_markup
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from commentary.quotation.page_text import PageText

_LEAST_PARAGRAPH = 12  # words, or twice as many characters; less is a heading, a menu, a teaser
_URI = "/:?#[]@!$&'()*+,;=%~"  # characters that WARC-Target-URI may hold as they are
# Of the transfer, not of the page: the body that we keep is whole and decompressed.
_TRANSFER = re.compile(r"(content-(encoding|length)|transfer-encoding|connection|keep-alive|set-cookie)", re.IGNORECASE)


@dataclass(frozen=True)
class Snapshot:
    """A copy of the page at an address."""

    url: str
    body: bytes
    content_type: str = ""

    @cached_property
    def sha256(self) -> str:
        """The hash that the ledger knows it by."""
        return hashlib.sha256(self.body).hexdigest()

    @cached_property
    def markup(self) -> str:
        """Its text as HTML."""
        return read_markup(self.body, self.content_type)

    @cached_property
    def page(self) -> PageText:
        """What a reader sees of it."""
        return read_visible(self.markup)

    @cached_property
    def prose(self) -> str:
        """Its paragraphs, without menus and teasers; all of it, if it has none."""
        paragraphs = [block for block in self.page.blocks if measure(block).weight >= _LEAST_PARAGRAPH]
        return "\n".join(paragraphs) or self.page.text

    @property
    def words(self) -> int:
        """How long the prose is: words, and characters where the script sets no spaces."""
        return sum(measure(self.prose))


def keep(folder: Path, snapshot: Snapshot, *, at: datetime, headers: Iterable[tuple[str, str]] | None) -> Path:
    """Save a copy and give its file. `headers`: of the answer it came in; None: the author supplied a file.

    OutputError if it cannot be written; what is there already stays.
    """
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415 - slow to import
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415

    file = _file(folder, snapshot.url, snapshot.sha256)
    if file.exists():
        return file
    written = BytesIO()
    writer = WARCWriter(written, gzip=True)
    moment = {"WARC-Date": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    record = writer.create_warc_record(
        quote(snapshot.url, safe=_URI),
        "resource" if headers is None else "response",
        payload=BytesIO(snapshot.body),
        length=len(snapshot.body),
        warc_content_type=snapshot.content_type or "text/html" if headers is None else "",
        http_headers=None
        if headers is None
        else StatusAndHeaders("200 OK", [h for h in headers if not _TRANSFER.fullmatch(h[0])], protocol="HTTP/1.1"),
        warc_headers_dict=moment,
    )
    writer.write_record(record)
    try:
        replace_file(file, written.getvalue())
    except OSError as cause:
        raise OutputError(f"{file}: {cause.strerror or cause}; the copy of {snapshot.url} is not kept") from cause
    return file


def find(folder: Path, url: str, sha256: str) -> Snapshot | None:
    """The copy of an address that has this hash; None if it is not here, or is damaged."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - slow to import
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    try:
        with _file(folder, url, sha256).open("rb") as stream:
            for record in ArchiveIterator(stream):
                headers = record.http_headers or record.rec_headers
                snapshot = Snapshot(url, record.content_stream().read(), headers.get_header("Content-Type") or "")
                return snapshot if snapshot.sha256 == sha256 else None
    except (OSError, ArchiveLoadFailed, EOFError, ValueError):
        pass
    return None


def _file(folder: Path, url: str, sha256: str) -> Path:
    return folder / hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16] / f"{sha256}.warc.gz"
