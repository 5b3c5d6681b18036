"""
Writing a site into a folder so that no reader, crash or mistake ever meets a half of it.

All files are rendered into a hidden folder first; only when every one of them is whole are they moved
into place, each by one rename, in the plan's order. Stale files of ours go last. What the manifest
does not list is somebody else's and is not touched.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from commentary.errors import OutputError
from commentary.plan import MANIFEST, Page
from commentary.publishing.lock import only_one, sign
from commentary.publishing.manifest import content_hash, manifest_bytes, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

STAGE = ".commentary.new"  # where files lie until all are whole
FILE_MODE, FOLDER_MODE = 0o644, 0o755  # readable by a web server, whatever the umask


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the output folder: paths below it."""

    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


def write_site(output: Path, pages: Sequence[Page], render: Callable[[Page], bytes]) -> Written:
    """Bring `output` to hold these pages, and nothing else of ours.

    OutputError, with nothing changed, if the folder cannot be written or a file that is not ours
    stands where a page must go.
    """
    try:
        return _write_site(output, pages, render)
    except OSError as cause:
        where = cause.filename or output
        raise OutputError(
            f"{where}: {cause.strerror or cause}; nothing more was written, build again once that is mended"
        ) from cause


def _write_site(output: Path, pages: Sequence[Page], render: Callable[[Page], bytes]) -> Written:
    if output.exists() and not output.is_dir():
        raise OutputError(f"{output} is a file; name a folder with --output")
    _make_folder(output)
    stage = output / STAGE
    with only_one(output, stage):
        _discard(stage)
        try:
            stage.mkdir()
            sign(stage)
            return _bring(output, stage, pages, render)
        finally:
            _discard(stage)


def _bring(output: Path, stage: Path, pages: Sequence[Page], render: Callable[[Page], bytes]) -> Written:
    known = read_manifest(output / MANIFEST)
    before = known or {}
    damaged = known is None and (output / MANIFEST).exists()  # so that nobody can say whose the files are
    blocked = cache(lambda folder: _is_blocked(output, folder, before))
    changed: list[str] = []
    foreign: list[str] = []
    after: dict[str, str] = {}
    for page in pages:
        content = render(page)
        after[page.path] = content_hash(content)
        target = output / page.path
        foreign += filter(blocked, map(str, _between(output, target)))
        if _holds(target, content):
            continue
        if not damaged and _is_foreign(output, page.path, before):
            foreign.append(page.path)
        changed.append(page.path)
        _write(stage / page.path, content)
    if foreign:
        raise OutputError(
            f"{output} holds {foreign[0]}, which is not ours; move it away, or name another folder with --output"
        )
    stale = sorted(set(before) - set(after))
    if not (changed or stale or before != after):
        return Written((), len(pages), ())
    # Named before they are moved: a build that is killed half-way still knows its files.
    _replace(stage / MANIFEST, output / MANIFEST, manifest_bytes(before | after))
    for path in _in_the_way(stale, changed):
        _remove(output, path)
    for path in changed:
        _make_folder((output / path).parent)
        (stage / path).replace(output / path)
    removed = tuple(path for path in stale if _remove(output, path))
    _replace(stage / MANIFEST, output / MANIFEST, manifest_bytes(after))
    return Written(tuple(changed), len(pages) - len(changed), removed)


def _is_blocked(output: Path, folder: str, before: Mapping[str, str]) -> bool:
    """Whether what stands where a folder must be is a link, which may lead anywhere, or somebody's file."""
    path = Path(folder)
    is_ours = path.relative_to(output).as_posix() in before
    return path.is_symlink() or (path.exists() and not path.is_dir() and not is_ours)


def _is_foreign(output: Path, path: str, before: Mapping[str, str]) -> bool:
    """Whether something that is not ours stands where a file must be."""
    target = output / path
    if target.is_dir() and not target.is_symlink():
        return any(
            not file.is_dir() and file.relative_to(output).as_posix() not in before for file in target.rglob("*")
        )
    return os.path.lexists(target) and path not in before


def _in_the_way(stale: Iterable[str], changed: Iterable[str]) -> Iterator[str]:
    """Stale files where a folder must be now, and those in a folder where a file must be: they cannot go last."""
    files = set(changed)
    folders = {str(folder) for path in files for folder in PurePosixPath(path).parents}
    for path in stale:
        if path in folders or files.intersection(map(str, PurePosixPath(path).parents)):
            yield path


def _holds(target: Path, content: bytes) -> bool:
    """Whether a regular file with those bytes is there already."""
    try:
        return not target.is_symlink() and target.stat().st_size == len(content) and target.read_bytes() == content
    except OSError:
        return False


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(FILE_MODE)


def _replace(temporary: Path, target: Path, content: bytes) -> None:
    _write(temporary, content)
    temporary.replace(target)


def _make_folder(folder: Path) -> None:
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        path.chmod(FOLDER_MODE)


def _discard(stage: Path) -> None:
    if stage.is_symlink() or stage.is_file():
        stage.unlink()
    elif stage.exists():
        shutil.rmtree(stage)


def _remove(output: Path, path: str) -> bool:
    """Remove a stale file and the folders it leaves empty; a manifest's word is not trusted beyond the folder."""
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts:
        return False
    target = output / path
    if target.is_dir() or any(folder.is_symlink() for folder in _between(output, target)):
        return False
    with suppress(FileNotFoundError, NotADirectoryError):  # it went before, to make way
        target.unlink()
    for folder in _between(output, target):
        try:
            folder.rmdir()
        except OSError:  # not empty: the rest is somebody's
            break
    return True


def _between(output: Path, target: Path) -> Iterable[Path]:
    """The folders from a file up to the output folder, that one left out."""
    return [folder for folder in target.parents if folder != output and folder.is_relative_to(output)]
