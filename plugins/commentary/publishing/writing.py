"""
Writing a site into a folder so that no reader, crash or mistake ever meets a half of it.

All files are rendered into a hidden folder first; only when every one of them is whole are they moved
into place, each by one rename, in the plan's order. Stale files of ours go last. What the manifest
does not list is somebody else's and is not touched.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from commentary.errors import OutputError
from commentary.forks import spread
from commentary.plan import MANIFEST, Page, climbed
from commentary.publishing.dealing import Task, dealt
from commentary.publishing.last import NO_MARK, LastBuild, Written, left
from commentary.publishing.lock import only_one, sign
from commentary.publishing.manifest import content_hash, manifest_bytes, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from commentary.publishing.last import Left
    from commentary.work.progress import Progress

STAGE = ".commentary.new"  # where files lie until all are whole
FILE_MODE, FOLDER_MODE = 0o644, 0o755  # readable by a web server, whatever the umask


def write_site(
    output: Path,
    pages: Sequence[Page],
    render: Callable[[Page], bytes],
    *,
    key: Callable[[Page], str],
    last: LastBuild | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Written:
    """Bring `output` to hold these pages, and nothing else of ours.

    `key`: of a page; one that `last` knows by the same key, and whose file is as it was left, is not rendered; the
    others are, by so many processes; `progress` is shown that.
    OutputError, with nothing changed, if the folder cannot be written or a file that is not ours
    stands where a page must go.
    """
    build = _Build(output, render, key, last or LastBuild(), jobs, progress)
    try:
        return build.write(pages)
    except OSError as cause:
        where = cause.filename or output
        raise OutputError(
            f"{where}: {cause.strerror or cause}; nothing more was written, build again once that is mended"
        ) from cause


@dataclass(frozen=True, slots=True)
class _Build:
    output: Path
    render: Callable[[Page], bytes]
    key: Callable[[Page], str]
    last: LastBuild
    jobs: int
    progress: Progress | None

    @property
    def stage(self) -> Path:
        return self.output / STAGE

    def write(self, pages: Sequence[Page]) -> Written:
        if self.output.exists() and not self.output.is_dir():
            raise OutputError(f"{self.output} is a file; name a folder with --output")
        _make_folder(str(self.output), set())
        with only_one(self.output, self.stage):
            _discard(self.stage)
            try:
                self.stage.mkdir()
                sign(self.stage)
                return self._bring(pages)
            finally:
                _discard(self.stage)

    def _bring(self, pages: Sequence[Page]) -> Written:
        """Compare, render, move."""
        output, manifest = self.output, self.output / MANIFEST
        known = self._known(manifest)
        before = known or {}
        files, tasks = self._compare(pages)
        self._refuse_blocked([task.page.path for task in tasks], before)
        rendered, new = self._render_all(tasks)
        files |= rendered
        changed = [task for task in tasks if task.page.path in new]
        is_damaged = known is None and manifest.exists()  # so that nobody can say whose the files are
        if not is_damaged:
            self._refuse_foreign(changed, before)
        after = {path: digest for path, (_, digest, _) in files.items()}
        content = manifest_bytes(after)
        removed = self._move(changed, before, after, content)
        files |= {path: left(f"{output}/{path}", *files[path][:2]) for path in rendered}
        self.last.keep(files, content)
        return Written(tuple(task.page.path for task in changed), len(pages) - len(changed), removed)

    def _compare(self, pages: Sequence[Page]) -> tuple[dict[str, Left], list[Task]]:
        """The files that stand as their pages would be rendered, and the other pages, in the plan's order."""
        keys = [(page.path, self.key(page)) for page in pages]
        files = self.last.left(self.output, keys)
        others = ((page, key) for page, (path, key) in zip(pages, keys, strict=True) if path not in files)
        return files, [Task(number, page, key) for number, (page, key) in enumerate(others)]

    def _render_all(self, tasks: list[Task]) -> tuple[dict[str, Left], set[str]]:
        """What is known of each rendered page's file, and the paths of those that are new and lie in the stage."""
        files: dict[str, Left] = {}
        new: set[str] = set()
        order = dealt(tasks, self.jobs)
        with closing(spread(self._staged, order, self.jobs)) as results:
            shown = self.progress(results, len(order)) if self.progress else results
            for task, (digest, is_new) in zip(order, shown, strict=True):
                files[task.page.path] = (task.key, digest, NO_MARK)
                if is_new:
                    new.add(task.page.path)
        return files, new

    def _move(
        self, changed: Sequence[Task], before: Mapping[str, str], after: Mapping[str, str], content: bytes
    ) -> tuple[str, ...]:
        """Move what changed from the stage into place, and remove what is stale: the paths that went.

        `content`: of the manifest.
        """
        output, manifest = self.output, self.output / MANIFEST
        stale = sorted(before.keys() - after.keys())
        if not changed and not stale and before == after:
            return ()
        # Named before they are moved: a build that is killed half-way still knows its files.
        _replace(self.stage / MANIFEST, manifest, manifest_bytes({**before, **after}) if stale else content)
        for path in _in_the_way(stale, [task.page.path for task in changed]):
            _remove(output, path)
        made: set[str] = set()
        for task in changed:
            target = f"{output}/{task.page.path}"
            _make_folder(target.rpartition("/")[0], made)
            os.replace(self._stands_at(task.number), target)  # noqa: PTH105
        removed = tuple(path for path in stale if _remove(output, path))
        if stale:
            _replace(self.stage / MANIFEST, manifest, content)
        return removed

    def _known(self, manifest: Path) -> dict[str, str] | None:
        """See `read_manifest`; what the last build wrote itself needs no second look."""
        with suppress(OSError):
            if hashes := self.last.hashes(manifest.read_bytes()):
                return hashes
        return read_manifest(manifest)

    def _refuse_blocked(self, paths: Iterable[str], before: Mapping[str, str]) -> None:
        for folder in sorted(climbed(paths)):
            if _is_blocked(self.output, folder, before):
                raise _not_ours(self.output, folder)

    def _refuse_foreign(self, changed: Iterable[Task], before: Mapping[str, str]) -> None:
        for task in changed:
            if _is_foreign(self.output, task.page.path, before):
                raise _not_ours(self.output, task.page.path)

    def _staged(self, task: Task) -> tuple[str, bool]:
        """Render a page; the hash of its content, and whether that is new and now lies in the stage."""
        content = self.render(task.page)
        is_new = not _holds(f"{self.output}/{task.page.path}", content)
        if is_new:
            _write(self._stands_at(task.number), content)
        return content_hash(content), is_new

    def _stands_at(self, number: int) -> str:
        """Where a page lies until all are whole: by its number, so that no folders have to be made and removed."""
        return f"{self.output}/{STAGE}/{number}"


def _not_ours(output: Path, path: str) -> OutputError:
    return OutputError(f"{output} holds {path}, which is not ours; move it away, or name another folder with --output")


def _is_blocked(output: Path, folder: str, before: Mapping[str, str]) -> bool:
    """Whether what stands where a folder must be is a link, which may lead anywhere, or somebody's file."""
    try:
        mode = os.lstat(f"{output}/{folder}").st_mode
    except OSError:
        return False
    return stat.S_ISLNK(mode) or not (stat.S_ISDIR(mode) or folder in before)


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


def _holds(target: str, content: bytes) -> bool:
    """Whether a regular file with those bytes is there already."""
    try:
        status = os.lstat(target)
        return stat.S_ISREG(status.st_mode) and status.st_size == len(content) and _read(target) == content
    except OSError:
        return False


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 - a Path for each of thousands takes as long as reading them
        return file.read()


def _write(path: str, content: bytes) -> None:
    with open(path, "wb") as file:  # noqa: PTH123
        os.fchmod(file.fileno(), FILE_MODE)
        file.write(content)


def _replace(temporary: Path, target: Path, content: bytes) -> None:
    _write(str(temporary), content)
    temporary.replace(target)


def _make_folder(folder: str, made: set[str]) -> None:
    """Make a folder and those above it; `made`: those that are there already."""
    if not folder or folder in made:
        return
    with suppress(FileExistsError):
        try:
            os.mkdir(folder)  # noqa: PTH102
        except FileNotFoundError:
            _make_folder(folder.rpartition("/")[0], made)
            os.mkdir(folder)  # noqa: PTH102 - a link that leads nowhere is there, and yet no folder
        os.chmod(folder, FOLDER_MODE)  # noqa: PTH101
    made.add(folder)


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
