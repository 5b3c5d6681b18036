"""A file's text becomes a Post or a Document, or fails with all that is wrong with it."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from commentary.dates import parse_moment
from commentary.errors import PostSyntaxError
from commentary.findings import RULES, Finding, found
from commentary.model import Correction, Document, Post
from commentary.reading.front_matter import read_front_matter
from commentary.reading.parts import read_parts
from commentary.reading.resolve import resolve_source
from commentary.reading.schema import DocumentKeys, PostKeys, likely_sources, read_keys
from commentary.reading.text import clean
from commentary.syntax.limits import excess_of_document
from commentary.syntax.remark import render_document
from commentary.urls import check_slug

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from commentary.reading.yaml_text import Tree
    from commentary.vocabulary import Vocabulary

GUESS = "# guess, confirm"  # what `new` writes above a fact that the page does not state
_DATED = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})(?:-(?P<slug>.+))?")


def parse_post(text: str, *, path: str, zone: ZoneInfo, vocabulary: Vocabulary | None = None) -> Post:
    """Read one post. `path`: relative to the project's root, with "/"; `zone`: the site's.

    Topics, story and publications stand as they are written; `resolve` looks them up. `vocabulary`:
    so that an attribution may name a source that gives only its address.
    PostSyntaxError carries every fault of front matter and body.
    """
    text = clean(text, path=path)
    front = read_front_matter(text, path=path)
    tree = front.tree
    keys, findings = read_keys(PostKeys, tree, path=path, zone=zone)
    stem = PurePosixPath(path).stem
    dated = _DATED.fullmatch(stem)
    slug, faults = _slug(keys.slug if keys else None, (dated and dated["slug"]) or stem, tree=tree, path=path)
    findings += faults
    posted, faults = _posted(keys.date if keys else None, dated and dated["date"], tree=tree, path=path, zone=zone)
    findings += faults
    sources = keys.works if keys else likely_sources(tree)
    named = tuple(resolve_source(source, vocabulary) for source in sources) if vocabulary else sources
    parts, faults = read_parts(
        front.body,
        path=path,
        first_line=front.body_line,
        sources=named,
        name=f"{posted:%Y-%m-%d}-{slug}" if posted else slug,
    )
    # While nobody knows the sources, nobody knows what an attribution may name.
    findings += (f for f in faults if keys or sources or f.rule != "attribution")
    excused = {rule for rule in (keys.allow if keys else ()) if rule in RULES and RULES[rule].bearable}
    findings = [f for f in findings if f.rule not in excused]
    if findings or keys is None or posted is None:
        raise PostSyntaxError(sorted(findings))
    corrections = (Correction(date=c.date, note=c.note, was=c.was) for c in keys.corrections)
    return Post(
        path=path,
        lines={**tree.lines, "body": front.body_line},
        digest=sha256(f"{slug}\n{posted.isoformat()}\n{text}".encode()).hexdigest(),
        title=keys.title,
        posted=posted,
        day_only=":" not in str(tree.values.get("date", "")),
        topics=keys.topics,
        sources=sources,
        related=keys.related,
        slug=slug,
        author=keys.author,
        status=keys.status,
        reason=keys.reason,
        story=keys.story,
        summary=keys.summary,
        updated=keys.updated,
        corrections=tuple(sorted(corrections, key=lambda c: c.date)),
        aliases=tuple(dict.fromkeys(keys.aliases)),
        id=keys.id,
        lang=keys.lang,
        allow=keys.allow,
        guesses=_guesses(text, front.body_line),
        parts=tuple(parts),
    )


def _guesses(text: str, end: int) -> tuple[int, ...]:
    if GUESS not in text:
        return ()
    return tuple(n for n, line in enumerate(text.split("\n")[:end], 1) if line.strip().startswith(GUESS))


def parse_document(text: str, *, path: str) -> Document:
    """Read a page of prose, content/pages/*.md. PostSyntaxError carries every fault of it."""
    text = clean(text, path=path)
    front = read_front_matter(text, path=path)
    keys, findings = read_keys(DocumentKeys, front.tree, path=path)
    slug, faults = _slug(keys.slug if keys else None, PurePosixPath(path).stem, tree=front.tree, path=path)
    findings += faults
    if over := excess_of_document(front.body, front.body_line):
        findings.append(found(path, over.line, "too-much", over.message))
    if findings or keys is None:
        raise PostSyntaxError(sorted(findings))
    return Document(
        path=path,
        digest=sha256(f"{slug}\n{text}".encode()).hexdigest(),
        slug=slug,
        title=keys.title,
        summary=keys.summary,
        lang=keys.lang,
        html=render_document(front.body, name=slug),
    )


def _slug(given: str | None, name: str, *, tree: Tree, path: str) -> tuple[str, list[Finding]]:
    """The slug that is given, else the file's name less its date."""
    if given or "slug" in tree.values or not tree.whole:
        return given or "", []
    try:
        return check_slug(name), []
    except ValueError as cause:
        return "", [found(path, 1, "bad-value", f"the file's name: {cause}; rename the file, or add a line `slug: …`")]


def _posted(
    given: datetime | None, written: str | None, *, tree: Tree, path: str, zone: ZoneInfo
) -> tuple[datetime | None, list[Finding]]:
    """The date that is given, else the file name's."""
    if given or "date" in tree.values or not tree.whole:
        return given, []
    if not written:
        message = "neither `date:` nor the file's name says when the post was written; add `date: 2025-04-30 09:00`"
        return None, [found(path, 1, "no-date", message)]
    try:
        return parse_moment(written, zone), []
    except ValueError as cause:
        return None, [found(path, 1, "bad-value", f"the file's name: {cause}; or add a line `date: …`")]
