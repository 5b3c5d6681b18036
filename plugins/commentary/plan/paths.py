"""Paths that cannot be: two pages at one place, or a page outside the output."""

from __future__ import annotations

import re
import string
import unicodedata
from typing import TYPE_CHECKING

from commentary.findings import Finding, found
from commentary.plan.page import Kind, Origin, Page
from commentary.published import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SITE = Origin("content", 1)
_PLAIN = re.compile(r"(?:\w[\w.-]*/)*\w[\w.-]*")  # needs no closer look
_NUMBERED = ("page/", "feed/", "source-first/", "data/q")  # without which no path is one of these:
_LETTERS = f"{string.ascii_letters}{string.digits}_.-/\n".encode()
_EMPTY = ("//", "/.", "/\n", "\n/", "\n\n", "\n./", "\n..", "\n.\n")  # in paths, a line each: a part that may be none
_TO_COME = re.compile(r"(?:feed|source-first)/\d+\.\w+|(?:.+/)?page/\d+/index\.html|data/quotations-\d+\.\w+")


def clashes(pages: Iterable[Page]) -> Iterator[Finding]:
    """A finding for every page whose path another one has already, or that has no place in the output.

    Paths are compared as the least careful file system would: case-folded and in NFC; a file
    cannot stand where another page needs a folder.
    """
    pages = tuple(pages)
    return iter(()) if _are_apart(pages) else _clashes(pages)


def _are_apart(pages: Sequence[Page]) -> bool:
    """Whether there is certainly nothing to find, as for thousands of pages it is each time."""
    text = "\n".join([page.path for page in pages])
    taken = {*_folded(text).split("\n")}
    if text.count("\n") != len(pages) - 1 or len(taken) != len(pages) or not taken.isdisjoint(climbed(taken)):
        return False
    asked = [page for page in pages if page.origin]
    closer = asked if _is_numbered("\n".join([page.path for page in asked])) else ()
    return not any(map(_misplaced, closer if _are_plain(text) else pages))


def _are_plain(paths: str) -> bool:
    """Whether so many paths, a line each, are nothing but plain names, without looking at each."""
    if not paths.isascii():
        return False
    text, empty = f"\n{paths}\n", (*_EMPTY, f"\n{MANIFEST}\n")
    return not text.encode().translate(None, _LETTERS) and not any(signs in text for signs in empty)


def climbed(paths: Iterable[str]) -> set[str]:
    """Every folder above these paths."""
    folders: set[str] = set()
    level = set(paths)
    while level := {path.rpartition("/")[0] for path in level} - folders - {""}:
        folders |= level
    return folders


def _folded(path: str) -> str:
    return (path if path.isascii() else unicodedata.normalize("NFC", path)).casefold()


def _clashes(pages: Iterable[Page]) -> Iterator[Finding]:
    taken: dict[str, Page] = {}
    folders: dict[str, Page] = {}
    for page in pages:
        if reason := _misplaced(page):
            yield _finding(page, "reserved-path", f"{page.address} {reason}; choose another address")
            continue
        path = _folded(page.path)
        other = taken.get(path) or folders.get(path)
        parts = path.split("/")
        above = ["/".join(parts[:n]) for n in range(1, len(parts))]
        other = other or next((taken[folder] for folder in above if folder in taken), None)
        if other:
            if {page.kind, other.kind} != {Kind.RECEIPT}:  # else their posts clash, which is enough
                yield _clash(page, other)
            continue
        taken[path] = page
        for folder in above:
            folders.setdefault(folder, page)


def _misplaced(page: Page) -> str | None:
    path = page.path
    is_to_come = page.origin and _is_numbered(path) and _TO_COME.fullmatch(path)
    if _PLAIN.fullmatch(path) and not is_to_come:
        return None
    parts = path.split("/")
    if path == MANIFEST:
        return "is where the manifest of the site stands"
    if not path.isprintable():
        return "holds bytes that are no text, or control characters"
    if is_to_come:
        return "is where the site will put a page of its own one day"
    if (
        not path
        or path.startswith("/")
        or any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts)
    ):
        return "is no place inside the site"
    return None


def _is_numbered(paths: str) -> bool:
    return any(mark in paths for mark in _NUMBERED)


def _clash(page: Page, other: Page) -> Finding:
    """The finding stands at the page an author can change: an alias before a post, a post before a list."""
    alias = Kind.REDIRECT in (page.kind, other.kind)
    if (other.origin and not page.origin) or (other.kind is Kind.REDIRECT and page.kind is not Kind.REDIRECT):
        page, other = other, page
    whose = f"{other.origin.path}" if other.origin else f"the site's own {other.kind} page"
    if alias:
        return _finding(
            page, "alias-collision", f"the alias {page.address} is the address of {whose}; take the alias out"
        )
    return _finding(
        page, "collision", f"{page.address} is already the address of {whose}; give one of the two another slug"
    )


def _finding(page: Page, rule: str, message: str) -> Finding:
    origin = page.origin or _SITE
    return found(origin.path, origin.line, rule, message)
