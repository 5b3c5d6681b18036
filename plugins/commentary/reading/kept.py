"""Posts that were read before: whoever reads a site again reads only the files that changed."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from commentary.caching import Mark, Recent, is_marked, mark
from commentary.errors import OutdatedError, PostSyntaxError
from commentary.findings import Finding, Severity
from commentary.model import LAZY
from commentary.reading.packed import DERIVED, Head, compound_fields, lazy_post, pack, pack_head, unpack
from commentary.reading.parse import parse_post
from commentary.reading.resolve import is_buildable, resolve, resolve_source
from commentary.reading.rests import Rests
from commentary.reading.text import read_file

if TYPE_CHECKING:
    from commentary.model import Post
    from commentary.settings import Settings
    from commentary.tables import Table
    from commentary.vocabulary import Vocabulary

_RESOLVED = ("topics", "story", "sources", "related", "digest")  # what `resolve` changes
RECENT = 250  # posts whose rest stays at hand; those of thousands would take most of a build's memory


class Entry(NamedTuple):
    """A file that could be read, as plain data. Its rest: the post's lazy fields, and what `resolve` changes, as written."""

    mark: Mark
    text: str  # its hash
    names: tuple[str | None, ...]  # the publications that its attributions might name
    head: Head
    findings: tuple[tuple[str, int, str, str, int], ...]  # of `resolve`
    rest: bytes | tuple[int, int, int]  # or where it lies


Row = tuple[Any, ...]  # an `Entry` as the index holds it: marshal gives back no named tuples


class Read(NamedTuple):
    """What became of one file."""

    entry: Row | None  # None: it cannot be built
    findings: list[Finding]


class KeptPosts:
    """Reads posts of one site and vocabulary, from the cache where their files are as they were."""

    def __init__(self, settings: Settings, vocabulary: Vocabulary, index: Table) -> None:
        self._folder = settings.cache / "posts"
        self._index = index
        self.note = self._index.note
        self.settings = settings
        self.vocabulary = vocabulary
        zone, before, name = self._index.header or ("", "", "")
        known = self._index.rows
        if not (self._folder / name).is_file():  # nothing could ever be added to what is gone
            name, known = None, {}
        self._declared = sha256(vocabulary.model_dump_json().encode()).hexdigest()
        self._before: dict[str, Row] = known if zone == settings.site.timezone else {}
        self._same_vocabulary = before == self._declared
        self._after: dict[str, Row] = {}
        self._rests = Rests(self._folder, name)
        self._recent: Recent[tuple[str, str], dict[str, Any]] = Recent(RECENT)

    def at_once(self, path: str, file: os.DirEntry[str], seen: object = None) -> Read | None:
        """What is known of a file that is certain to be as it was; None: it has to be read.

        `seen`: its mark, if somebody has looked at it since the build began.
        """
        row = self._before.get(path)
        if not row or not self._same_vocabulary:
            return None
        kept: Mark = row[0]
        _, modified, _ = kept
        if modified and seen == kept:
            return Read(row, [])
        try:
            status = file.stat(follow_symlinks=False)
        except OSError:  # it is gone already
            return None
        return Read(row, []) if is_marked(status, kept) else None

    def read(self, path: str) -> Read:
        """Read a file. What it holds may be known all the same, by its hash."""
        now = time.time_ns()
        file = self.settings.root / path
        try:
            text = read_file(file, path=path)
            digest = sha256(text.encode()).hexdigest()
            at = _marked(file, now)
            row = self._before.get(path)
            entry = Entry(*row) if row else None
            known = entry if entry and entry.text == digest else None
            if known and self._same_vocabulary:
                return Read(tuple(known._replace(mark=at)), [])
            written = (known and self._written(known)) or self._parsed(text, path)
        except PostSyntaxError as cause:
            return Read(None, list(cause.findings))
        post, findings = resolve(written, self.vocabulary)
        if not is_buildable(findings):
            return Read(None, findings)
        told = tuple((f.path, f.line, f.rule, f.message, f.severity.value) for f in findings)
        rest = pack(*(getattr(written, name) for name in (*LAZY, *_RESOLVED)))
        return Read(tuple(Entry(at, digest, self._names(written), pack_head(post), told, rest)), [])

    def _parsed(self, text: str, path: str) -> Post:
        return parse_post(text, path=path, zone=self.settings.site.zone, vocabulary=self.vocabulary)

    def _written(self, known: Entry) -> Post | None:
        """The post as its author wrote it; None: what is declared now may have it read another way."""
        assert isinstance(known.rest, tuple)  # it is of the index
        if not (data := self._rests.get(known.rest)):
            return None
        values = dict(zip((*LAZY, *_RESOLVED), unpack(data, self.settings.site.zone), strict=True))
        values = compound_fields(known.head, self.settings.site.zone) | values
        plain, names, compound = known.head
        given = {name: value for name, value in plain.items() if name not in DERIVED}  # what is derived may differ now
        written = lazy_post((given, names, compound), values.__getitem__).model_copy(update=values)
        return written if self._names(written) == known.names else None

    def _names(self, written: Post) -> tuple[str | None, ...]:
        return tuple(resolve_source(source, self.vocabulary).publication for source in written.sources)

    def take(self, path: str, read: Read) -> tuple[Post | None, list[Finding]]:
        """The post of a file and its findings; to be kept."""
        if not read.entry:
            return None, read.findings
        row = read.entry
        *_, head, findings, rest = row
        if isinstance(rest, bytes):
            with suppress(OSError):  # it is only not saved
                row = (*row[:-1], self._rests.put(rest))
        self._after[path] = row
        post = lazy_post(head, partial(self._load, path, row))
        return post, [Finding(at, line, rule, words, Severity(level)) for at, line, rule, words, level in findings]

    def _load(self, path: str, row: Row, name: str) -> Any:
        """A field that is asked of few posts, and then several times. OutdatedError: the file is another by now."""
        entry = Entry(*row)
        known = self._recent.of((path, entry.text), lambda: compound_fields(entry.head, self.settings.site.zone))
        if name not in known:
            known |= self._rest(path, entry.text, entry.rest)
        return known[name]

    def _rest(self, path: str, digest: str, rest: bytes | tuple[int, int, int]) -> dict[str, Any]:
        if data := rest if isinstance(rest, bytes) else self._rests.get(rest):
            return dict(zip(LAZY, unpack(data, self.settings.site.zone), strict=False))
        try:
            text = read_file(self.settings.root / path, path=path)
            if sha256(text.encode()).hexdigest() == digest:
                post = self._parsed(text, path)
                return {name: getattr(post, name) for name in LAZY}
        except PostSyntaxError:
            pass
        raise OutdatedError(f"{path} changed while the site was made of it; build again")

    def keep(self) -> None:
        """Remember what was taken."""
        if self._after == self._before and self._same_vocabulary:
            return
        if all(isinstance(entry[-1], tuple) for entry in self._after.values()):
            rests, entries = self._rests, self._after
            if rests.is_mostly_dead(entry[-1] for entry in entries.values()):
                rests, entries = self._tidied()
            self._index.keep(entries, (self.settings.site.timezone, self._declared, rests.name))
            rests.drop_others()

    def _tidied(self) -> tuple[Rests, dict[str, Row]]:
        """The rests that are of use in a file of their own."""
        rests = Rests(self._folder)
        entries: dict[str, Row] = {}
        with suppress(OSError):
            for path, entry in self._after.items():
                if data := self._rests.get(entry[-1]):
                    entries[path] = (*entry[:-1], rests.put(data))
            return rests, entries
        return self._rests, self._after


def _marked(file: Path, now: int) -> Mark:
    try:
        return mark(os.lstat(file), now)
    except OSError:  # it is gone already
        return 0, 0, 0
