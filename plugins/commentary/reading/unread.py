"""Files and folders of the content that nothing reads: what was meant to be published, and lies in the wrong place."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from commentary.findings import Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.settings import Settings

# Hidden, editors' swap and backup files.
IGNORED = re.compile(r"\..*|.*~|#.*#|.*\.(?:swp|swo|bak|orig|rej|tmp)")
_NOTES = re.compile(r"(?:readme|licen[cs]e)(?:\..*)?|thumbs\.db|desktop\.ini", re.IGNORECASE)

_READ = {
    "": ("posts", "pages", "data", "images", "extra"),
    "data/": ("topics.yaml", "publications.yaml", "stories.yaml", "redirects.yaml", "register.json", "ledger"),
}
_PLACES = {name: f"{folder}{name}" for folder, names in _READ.items() for name in names}
_BY_ENDING = (
    (re.compile(r"\d{4}-\d{2}-\d{2}.*\.md", re.IGNORECASE), ("posts",)),
    (re.compile(r".*\.(?:md|markdown|mdx|txt)", re.IGNORECASE), ("posts", "pages")),
    (re.compile(r".*\.(?:avif|gif|jpe?g|png|webp)", re.IGNORECASE), ("images",)),
)


def nothing_is_astray(settings: Settings) -> Iterator[Finding]:
    """A warning for everything directly in content/ and content/data/ that no part of the site is made of."""
    root = os.fspath(settings.root)
    content = os.fspath(settings.content)
    shown = content[len(root) :].replace(os.sep, "/").lstrip("/")
    for folder, names in _READ.items():
        try:
            with os.scandir(f"{content}/{folder}") as entries:
                strays = [each for each in entries if each.name not in names and _is_meant(each)]
        except OSError:  # the folder need not be there
            continue
        for stray in strays:
            kind = "folder" if stray.is_dir() else "file"
            message = f"nothing reads this {kind}; {_way(stray, shown)}"
            yield found(f"{shown}/{folder}{stray.name}", 1, "unread", message)


def _is_meant(entry: os.DirEntry[str]) -> bool:
    """Whether it is more than what editors, systems and git leave behind."""
    if IGNORED.fullmatch(entry.name) or _NOTES.fullmatch(entry.name):
        return False
    if entry.is_dir(follow_symlinks=False):
        return any(not IGNORED.fullmatch(name) for _, _, files in os.walk(entry.path) for name in files)
    return True


def _way(stray: os.DirEntry[str], content: str) -> str:
    alike = [name for name in _PLACES if ("." in name) is not stray.is_dir()]
    if close := get_close_matches(stray.name.casefold(), alike, n=1, cutoff=0.65):
        return f"did you mean {content}/{_PLACES[close[0]]}?"
    if stray.is_dir():
        return f"move what is in it into {content}/posts, {content}/pages or {content}/images, or away"
    for ending, folders in _BY_ENDING:
        if ending.fullmatch(stray.name):
            return f"did you mean {' or '.join(f'{content}/{folder}/{stray.name}' for folder in folders)}?"
    return f"put it into {content}/extra if readers are to get it, or move it away"
