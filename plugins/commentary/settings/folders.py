"""Folders that must not meet: what a site is made from, what is kept, what is published."""

from __future__ import annotations

from pathlib import Path

from commentary.errors import SettingsError

_PROGRAM = Path(__file__).resolve().parents[1]  # this package


def check_folders(*, root: Path, content: Path, theme: Path, output: Path, cache: Path, snapshots: Path) -> None:
    """SettingsError: one line, which of these cannot lie where it does."""
    keep_apart(output, root=root, content=content, theme=theme)
    _keep_private(snapshots, output, content)
    _keep_cache_apart(cache.resolve(), output.resolve(), content.resolve(), theme.resolve())
    if not content.is_relative_to(root):
        raise SettingsError(f"PATH is {content}, outside the project's folder {root}; move the content into it")


def keep_apart(output: Path, *, root: Path, content: Path, theme: Path) -> None:
    """A site is written beside what it is made from, never over it. SettingsError: one line, why not."""
    written = output.resolve()
    if any("\ud800" <= char <= "\udfff" for char in str(written)):
        raise SettingsError(f"the output's name {str(written)!r} holds bytes that are no text; name another folder")
    made_from = [content.resolve(), theme.resolve()]
    for folder in (*made_from, root.resolve() / ".git", _PROGRAM):
        if written.is_relative_to(folder):
            raise SettingsError(f"the site would be written into {folder}, which it is made from; name another folder")
    if any(folder.is_relative_to(written) for folder in (root.resolve(), *made_from)):
        raise SettingsError(f"the site would be written over {written}, which holds the project; name another folder")


def _keep_private(snapshots: Path, *published: Path) -> None:
    if any(snapshots.resolve().is_relative_to(folder.resolve()) for folder in published):
        raise SettingsError(
            f"COMMENTARY_SNAPSHOTS is {snapshots}, which is published; keep copies of sources elsewhere"
        )


def _keep_cache_apart(cache: Path, output: Path, content: Path, theme: Path) -> None:
    """`caching.forget` removes folders by names that authors use, too; and a cache in the output would be published."""
    within = any(cache.is_relative_to(folder) for folder in (output, content, theme))
    if within or content.is_relative_to(cache) or theme.is_relative_to(cache):
        raise SettingsError(f"COMMENTARY_CACHE is {cache}, where other files are; name a folder for it alone")
