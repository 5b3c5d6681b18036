"""content/data/register.json: read, brought up to date with a plan, written. One line an address, sorted."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

from commentary.errors import OutputError
from commentary.files import replace_file
from commentary.findings import Finding, found
from commentary.plan import Kind, Page
from commentary.plan.inputs import FeedInputs, PublicationInputs, TopicInputs
from commentary.published import Register, Row, correction_key, entry_id
from commentary.quotation.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from commentary.corpus import Corpus
    from commentary.model import Post
    from commentary.settings import Site

FILE = "data/register.json"
VERSION = 1
_TAIL = f'"version": {VERSION}\n}}\n'  # the last line is always the same, so that every entry ends in a comma
_ADDRESS = re.compile(r'"/(?:[^"\\]|\\.)*"')

# What is entered, and as what: not numbered lists, the archive, assets and receipts.
_KINDS = {
    Kind.POST: "post",
    Kind.WITHDRAWN: "post",
    Kind.DOCUMENT: "page",
    Kind.TOPIC: "topic",
    Kind.PUBLICATION: "publication",
    Kind.STORY: "story",
    Kind.TOPICS: "list",
    Kind.PUBLICATIONS: "list",
    Kind.STORIES: "list",
    Kind.ARCHIVE: "list",
    Kind.CORRECTIONS: "list",
    Kind.SUBSCRIBE: "list",
    Kind.REDIRECT: "redirect",
    Kind.ATOM: "feed",
    Kind.RSS: "feed",
    Kind.JSON_FEED: "feed",
    Kind.OPML: "feed",
}
_NO_WORDS: dict[str, Any] = {"excerpt": None, "remark": None, "corrections": 0, "updated": None, "notes": None}
_CUT = ("topic", "publication", "feed")  # of these only the first page, or document, is entered


def read_register(file: Path, root: Path) -> tuple[Register, list[Finding]]:
    """The register of a file, empty if there is none; a finding if it cannot be read. Its path begins below `root`."""
    path = file.relative_to(root).as_posix()
    try:
        if file.exists() and not file.is_file():
            raise OSError("it is no regular file")
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return Register(), []
    except (OSError, UnicodeDecodeError) as cause:
        return Register(), [found(path, 1, "register", f"cannot be read: {cause}; restore it from version control")]
    try:
        data = json.loads(text)
        if data.pop("version") != VERSION:
            raise ValueError(f"its version is not {VERSION}")
        rows = {address: _row(row) for address, row in data.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as cause:
        line = getattr(cause, "lineno", 1)
        way = "keep the lines of both sides of a merge, or restore the file from version control"
        return Register(), [found(path, line, "register", f"is no register ({cause}); {way}")]
    # Each entry has a line of its own, which begins with its address.
    starts = (_ADDRESS.match(line) for line in text.split("\n"))
    lines = {json.loads(start[0]): at for at, start in enumerate(starts, 1) if start}
    return Register(rows, lines), []


def _row(values: dict[str, object]) -> Row:
    for name, value in values.items():
        if not isinstance(value, int if name == "corrections" else str):
            raise TypeError(f"{name} is {json.dumps(value)}")
    return Row(**values)  # type: ignore[arg-type] # as was looked at


def register_bytes(register: Register) -> bytes:
    """The register as its file holds it."""
    defaults = {field.name: field.default for field in fields(Row)}
    entries = []
    for address, row in sorted(register.rows.items()):
        known = {name: value for name, value in asdict(row).items() if value != defaults[name]}
        entries.append(f"{json.dumps(address, ensure_ascii=False)}: {json.dumps(known, ensure_ascii=False)},\n")
    return ("{\n" + "".join(entries) + _TAIL).encode()


def write_register(file: Path, register: Register) -> None:
    """Put the register in the file's place, whole or not at all. OutputError if it cannot be written."""
    try:
        replace_file(file, register_bytes(register), durable=True)
    except OSError as cause:
        raise OutputError(f"{file}: {cause.strerror or cause}; the register stays as it was") from cause


def updated(register: Register, pages: Iterable[Page], corpus: Corpus, site: Site, *, today: date) -> Register:
    """The register with everything that `pages` publish. Nothing leaves it, and no id in it changes."""
    rows = dict(register.rows)
    for page in pages:
        if kind := _kind(page):
            rows.setdefault(page.address, Row(kind=kind, first=today.isoformat(), id=_own_id(page)))
    for post in (*corpus.posts, *corpus.withdrawn):
        id_ = entry_id(post, site, register)
        before = register.words_of(post, id_)
        for alias in post.aliases:  # what was published there is told by the post's new address
            if alias in rows:
                rows[alias] = replace(rows[alias], **_NO_WORDS)
        row = replace(rows[post.permalink], id=id_)
        if before:
            row = replace(row, **{name: getattr(before, name) for name in _NO_WORDS})
        rows[post.permalink] = row
    for post in corpus.posts:
        excerpt, remark = digests(post)
        row = rows[post.permalink]
        # A correction that was published stays, whatever becomes of it.
        noted = known_notes(row) | notes(post)
        rows[post.permalink] = replace(
            row,
            excerpt=excerpt,
            remark=remark,
            corrections=max(row.corrections, len(post.corrections)),
            updated=told(post),
            notes=" ".join(f"{key}={note}" for key, note in sorted(noted.items())) or None,
        )
    return Register(rows)


def _kind(page: Page) -> str | None:
    kind = _KINDS.get(page.kind)
    match page.inputs if kind in _CUT else None:
        case FeedInputs(current=str()):  # an archive
            return None
        case TopicInputs(number=int()) | PublicationInputs(number=int()):
            return None
    return kind


def _own_id(page: Page) -> str | None:
    """The id of a feed that had another name when it was first published; None: of any other page."""
    return page.inputs.id if page.kind is Kind.ATOM and isinstance(page.inputs, FeedInputs) else None


def digests(post: Post) -> tuple[str, str]:
    """Hashes of a post's excerpts and of its remarks, folded: typography and links do not count."""
    excerpt = "\n".join(p.text for e in post.excerpts for p in (*e.paragraphs, *e.original))
    remark = "\n".join(r.text for r in post.remarks)
    return _digest(excerpt), _digest(remark)


def notes(post: Post) -> dict[str, str]:
    """Hashes of what a post's corrections say, folded, by their keys."""
    return {correction_key(post, c): _digest(f"{c.note}\n{c.was or ''}") for c in post.corrections}


def known_notes(row: Row) -> dict[str, str]:
    """The same of those that were published."""
    return dict(pair.split("=", 1) for pair in (row.notes or "").split() if "=" in pair)


def told(post: Post) -> str | None:
    """When readers were last told of a change: a moment as text."""
    return post.revised.isoformat() if post.revised else None


def _digest(text: str) -> str:
    return hashlib.sha256(fold(text).text.strip().encode()).hexdigest()[:16]


NOTHING = _digest("")  # of a post without excerpts
