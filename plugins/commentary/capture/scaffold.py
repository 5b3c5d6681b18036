"""A post as it stands before its remark is written: front matter and excerpt, ready to edit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commentary.model import Status
from commentary.reading.parse import GUESS
from commentary.reading.text import REFUSED
from commentary.reading.yaml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from datetime import datetime

    from commentary.model import Source

_NOT_PLAIN = re.compile(r"^[-?:,\[\]{}#&*!|>'\"%@`]|: | #|:$|^$")
_NOT_PLAIN_IN_LIST = re.compile(r"[,\[\]{}]")
# What would be a mark in an excerpt and show as something else: see `commentary.syntax.marks`.
_MARKS = re.compile(r"\\(?=[\\*_\[\](){>—-])|\*|(?<![^\W_])_|_(?![^\W_])|(?<=\])\((?=https?://)")
_LINE_START = re.compile(r"(?=>|\{:|—|--)")


def scaffold(
    *,
    title: str,
    date: datetime,
    topics: Iterable[str],
    source: Source | None,
    excerpt: str = "",
    lang: str | None = None,
    status: Status = Status.PUBLISHED,
    guesses: Container[str] = (),
) -> str:
    """The text of a post. `source` None: not recorded. `excerpt`: plain text, a blank line between paragraphs.

    `guesses`: fields of the source, or `topics`, that the author is to confirm.

    Where the remark belongs nothing stands, so that `check` asks for it and there is no filler to forget.
    """
    lines = [
        f"title: {scalar(title)}",
        f"date: {date:%Y-%m-%d %H:%M}",
        *([GUESS] if "topics" in guesses else []),
        f"topics: [{', '.join(scalar(topic, listed=True) for topic in topics)}]",
        *([f"status: {status}"] if status is not Status.PUBLISHED else []),
        *([f"lang: {lang}"] if lang else []),
        *(_source_lines(source, guesses) if source else ["source: unknown"]),
    ]
    body = f"\n{quote(excerpt)}\n" if excerpt.strip() else ""
    return "\n".join(["---", *lines, "---", body])


def scalar(text: str, *, listed: bool = False) -> str:
    """A value on one line of YAML, in quotes if it needs them. `listed`: it stands between `[` and `]`."""
    plain = not _NOT_PLAIN.search(text) and not (listed and _NOT_PLAIN_IN_LIST.search(text))
    return text if plain else quoted(text)


def _source_lines(source: Source, guesses: Container[str]) -> Iterator[str]:
    yield "source:"
    for key in ("publication", "agency", "url", "headline", "byline", "published", "accessed", "lang", "paywall"):
        value = getattr(source, key)
        if value and key in guesses:
            yield f"  {GUESS}"
        if isinstance(value, tuple) and key == "byline":
            if value:
                yield f"  byline: [{', '.join(scalar(name, listed=True) for name in value)}]"
        elif value is not None:
            yield f"  {key}: {scalar(str(value).lower() if isinstance(value, bool) else str(value))}"


def quote(text: str) -> str:
    """Plain text as an excerpt that shows it verbatim; elisions and interpolations stay the marks they are."""
    lines = (REFUSED.sub("", line).strip() for line in text.strip().splitlines())
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines))
    return "\n>\n".join("\n".join(f"> {_escaped(line)}" for line in p.split("\n")) for p in paragraphs)


def _escaped(line: str) -> str:
    escaped = _MARKS.sub(lambda mark: "\\" + mark[0], line)
    return f"\\{escaped}" if _LINE_START.match(line) else escaped
