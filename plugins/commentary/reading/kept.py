"""Posts that were read before: whoever reads a site again reads only the files that changed."""

from __future__ import annotations

import os
import time
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from commentary.caching import Mark, is_marked, keep, mark, read_kept
from commentary.errors import PostSyntaxError
from commentary.findings import Finding, Severity
from commentary.reading.packed import pack, unpack
from commentary.reading.parse import parse_post
from commentary.reading.resolve import is_buildable, resolve, resolve_source
from commentary.reading.text import read_file

if TYPE_CHECKING:
    from pathlib import Path

    from commentary.model import Post
    from commentary.settings import Settings
    from commentary.vocabulary import Vocabulary

_RESOLVED = ("topics", "story", "sources", "related", "digest")  # what `resolve` changes


class Entry(NamedTuple):
    """A file that could be read, as plain data."""

    mark: tuple[int, int, int]
    text: str  # its hash
    names: tuple[str | None, ...]  # the publications that its attributions might name
    written: bytes  # what the author wrote, of the fields that `resolve` changes
    post: bytes  # resolved
    findings: tuple[tuple[str, int, str, str, int], ...]  # of `resolve`


class Read(NamedTuple):
    """What became of one file."""

    entry: tuple[Any, ...] | None  # None: it cannot be built
    findings: list[Finding]


class KeptPosts:
    """Reads posts of one site and vocabulary, from the cache where their files are as they were."""

    def __init__(self, settings: Settings, vocabulary: Vocabulary) -> None:
        kept = read_kept(self._file(settings))
        self.note = kept.note
        self.settings = settings
        self.vocabulary = vocabulary
        declared = sha256(vocabulary.model_dump_json().encode()).hexdigest()
        self._head = (settings.site.timezone, declared)
        zone, before, known = kept.value or ("", "", {})
        self._before: dict[str, tuple[Any, ...]] = known if zone == settings.site.timezone else {}
        self._same_vocabulary = before == declared
        self._after: dict[str, tuple[Any, ...]] = {}

    def at_once(self, file: Path, path: str) -> Read | None:
        """What is known of a file that is certain to be as it was; None: it has to be read."""
        known = self._before.get(path)
        if not known or not self._same_vocabulary:
            return None
        try:
            status = os.lstat(file)
        except OSError:
            return None
        return Read(known, []) if is_marked(status, Mark(*known[0])) else None

    def read(self, file: Path, path: str) -> Read:
        """Read a file. What it holds may be known all the same, by its hash."""
        now = time.time_ns()
        try:
            text = read_file(file, path=path)
            digest = sha256(text.encode()).hexdigest()
            at = _marked(file, now)
            entry = self._before.get(path)
            known = Entry(*entry) if entry and entry[1] == digest else None
            if known and self._same_vocabulary:
                return Read(tuple(known._replace(mark=at)), [])
            written = (known and self._written(known)) or parse_post(
                text, path=path, zone=self.settings.site.zone, vocabulary=self.vocabulary
            )
        except PostSyntaxError as cause:
            return Read(None, list(cause.findings))
        post, findings = resolve(written, self.vocabulary)
        if not is_buildable(findings):
            return Read(None, findings)
        told = tuple((f.path, f.line, f.rule, f.message, f.severity.value) for f in findings)
        before = pack(tuple(getattr(written, name) for name in _RESOLVED))
        return Read(tuple(Entry(at, digest, self._names(written), before, pack(post), told)), [])

    def _written(self, known: Entry) -> Post | None:
        """The post as its author wrote it; None: what is declared now may have it read another way."""
        zone = self.settings.site.zone
        post: Post = unpack(known.post, zone)
        values = unpack(known.written, zone)
        written = post.model_copy(update=dict(zip(_RESOLVED, values, strict=True)))
        return written if self._names(written) == known.names else None

    def _names(self, written: Post) -> tuple[str | None, ...]:
        return tuple(resolve_source(source, self.vocabulary).publication for source in written.sources)

    def take(self, path: str, read: Read) -> tuple[Post | None, list[Finding]]:
        """The post of a file and its findings; to be kept."""
        if not read.entry:
            return None, read.findings
        self._after[path] = read.entry
        entry = Entry(*read.entry)
        findings = [Finding(*told[:4], Severity(told[4])) for told in entry.findings]
        return unpack(entry.post, self.settings.site.zone), findings

    def keep(self) -> None:
        """Remember what was taken."""
        if self._after != self._before or not self._same_vocabulary:
            keep(self._file(self.settings), (*self._head, self._after))

    @staticmethod
    def _file(settings: Settings) -> Path:
        return settings.cache / "posts" / "read"


def _marked(file: Path, now: int) -> tuple[int, int, int]:
    try:
        return mark(os.lstat(file), now).plain
    except OSError:  # it is gone already
        return Mark(0, 0, 0).plain
