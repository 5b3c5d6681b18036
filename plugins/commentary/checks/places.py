"""Where in a text stands what was found in the HTML made of it; the file is read only when a line is asked for."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from commentary.errors import PostSyntaxError
from commentary.reading.text import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def lines_with(address: str, *, path: str, start: int, root: Path, beside: str = "") -> Iterator[int]:
    """The lines of a file, from `start` on, that hold an address as it is typed; then the last of them for ever.

    Where none does, `start`. `beside`: a pattern that those lines match too, if any does.
    """
    whole = re.compile(rf"(?<![^\s(<\[\"'=:]){re.escape(address)}(?![^\s)>\]\"'])")
    held = [(n, line) for n, line in _numbered(path, root) if n >= start and whole.search(html.unescape(line))]
    numbers = [n for n, line in held if re.search(beside, line)] or [n for n, _ in held] or [start]
    yield from numbers
    while True:
        yield numbers[-1]


def _numbered(path: str, root: Path) -> list[tuple[int, str]]:
    try:
        return list(enumerate(read_file(root / path, path=path).split("\n"), 1))
    except PostSyntaxError:  # it has changed meanwhile
        return []
