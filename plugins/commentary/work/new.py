"""Scaffold a post from what its author knows of the source; nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from commentary.capture.scaffold import scaffold
from commentary.dates import parse_moment
from commentary.errors import CommentaryError, OutputError, PostSyntaxError
from commentary.findings import ERROR
from commentary.model import Source, Status
from commentary.reading.parse import parse_post
from commentary.reading.resolve import is_buildable, resolve
from commentary.reading.vocabularies import load_vocabulary
from commentary.urls import check_slug, slugify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from commentary.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What an author gives of a post to begin with."""

    topics: tuple[str, ...] = ()  # a post needs one
    source: Source | None = None  # None: not recorded
    title: str | None = None  # None: the source's headline, until the author finds a better one
    date: str | None = None  # None: now
    slug: str | None = None  # None: made of the title
    excerpt: str = ""
    lang: str | None = None
    status: Status = Status.PUBLISHED
    guesses: frozenset[str] = frozenset()  # fields that the author is to confirm


def new(settings: Settings, beginning: Beginning, *, now: datetime) -> Path:
    """Write the post and give its path. CommentaryError, and nothing is written, if it could not be read again.

    An existing file is never overwritten.
    """
    path, text = compose(settings, beginning, now=now)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_anew(path, text.encode())
    except FileExistsError as cause:
        raise OutputError(f"{cause.filename} exists and stays as it is; give another --slug or --date") from cause
    except OSError as cause:
        raise OutputError(f"{path}: {cause.strerror or cause}; the post is not written") from cause
    return path


def _write_anew(file: Path, content: bytes) -> None:
    """Write a new file whole, or none: the half of a post would stop every build, and the next try, too."""
    with file.open("xb") as stream:
        try:
            stream.write(content)
            stream.flush()
        except OSError:
            file.unlink()
            raise


def compose(settings: Settings, beginning: Beginning, *, now: datetime) -> tuple[Path, str]:
    """The post's path and text. CommentaryError if it could not be read again. Nothing is written."""
    title = " ".join((beginning.title or (beginning.source and beginning.source.headline) or "").split())
    if not title:
        raise CommentaryError("the post has no title; give --title or --headline")
    try:
        date = parse_moment(beginning.date, settings.site.zone) if beginning.date else now
        slug = check_slug(beginning.slug or slugify(title))
    except ValueError as cause:
        raise CommentaryError(f"{cause}; give another --slug or --date") from cause
    text = scaffold(
        title=title,
        date=date,
        topics=beginning.topics,
        source=beginning.source,
        excerpt=beginning.excerpt,
        lang=beginning.lang,
        status=beginning.status,
        guesses=beginning.guesses,
    )
    path = settings.content / f"posts/{date:%Y}/{date:%Y-%m-%d}-{slug}.md"
    _refuse_faults(settings, path, text)
    return path, text


def _refuse_faults(settings: Settings, path: Path, text: str) -> None:
    name = path.relative_to(settings.root).as_posix()
    try:
        post = parse_post(text, path=name, zone=settings.site.zone)
        vocabulary, _ = load_vocabulary(settings.content / "data", settings.root)
        findings = resolve(post, vocabulary)[1]
    except PostSyntaxError as error:
        findings = list(error.findings)
    if not is_buildable(findings):
        raise CommentaryError("; ".join(f.message for f in findings if f.severity is ERROR))


def read_source(given: Mapping[str, object]) -> Source | None:
    """A source of what is given, None if nothing is. CommentaryError names every option that cannot be right."""
    if not given:
        return None
    try:
        return Source.model_validate(dict(given))
    except ValidationError as cause:
        wrong = (f"--{e['loc'][0]}: {e['msg'].removeprefix('Value error, ')}" for e in cause.errors())
        raise CommentaryError("; ".join(wrong)) from cause
