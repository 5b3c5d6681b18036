"""
Files that only ever save work: marshal under a checksum, for this very program, replaced whole.

Whatever is missing, damaged, cut short, foreign or old counts as nothing. No pickle: that would run what it reads.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import shutil
import sys
from contextlib import suppress
from functools import cache, partial
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from commentary.files import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

S = TypeVar("S")
T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

# What a file's status was when its content was known: size, modified, inode. `modified`: nanoseconds; 0: so young when
# it was looked at that it may have changed since and look the same.
Mark = tuple[int, int, int]

# What makes bytes of posts besides this package.
_PROGRAMS = ("pelican", "markdown", "jinja2", "markupsafe", "nh3", "babel", "lxml", "pydantic", "pyyaml", "tzdata")
_LONGEST_HEAD = 200  # bytes
_SECOND = 1_000_000_000  # nanoseconds
_DOUBT, _LONG_DOUBT = _SECOND // 10, 2 * _SECOND  # longer than a clock's tick; and than FAT's, which has whole seconds


class Kept(NamedTuple):
    """What a file held; None: nothing that can be used, and `note`, if any, says why in one line."""

    value: Any
    note: str | None = None


class Memo:
    """Plain values that cost something, by the hash of what they are made of. `file`: where they are kept; None: nowhere.

    What a run, up to `keep`, does not ask for is forgotten with it, if it asks for anything. A fork remembers nothing: it
    could tell nobody.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._before: Mapping[str, Any] = (file and read_kept(file).value) or {}
        self._after: dict[str, Any] = {}
        self._process = os.getpid()

    def __bool__(self) -> bool:
        """Whether anything is known."""
        return bool(self._before or self._after)

    def of(self, digest: str, make: Callable[[], T]) -> T:
        """The value of a hash, made if it is not known."""
        value: T
        if digest in self._after:
            value = self._after[digest]
        else:
            value = self._before[digest] if digest in self._before else make()
            if os.getpid() == self._process:
                self._after[digest] = value
        return value

    def of_each(self, items: Sequence[S], key: Callable[[S], str], make: Callable[[S], T]) -> list[T]:
        """The values of many, in their order; see `of`."""
        digests = list(map(key, items))
        known = {**self._before, **self._after}
        values = [
            known[digest] if digest in known else self.of(digest, partial(make, item))
            for item, digest in zip(items, digests, strict=True)
        ]
        if os.getpid() == self._process:
            self._after.update(zip(digests, values, strict=True))
        return values

    def keep(self) -> None:
        """Let the next run know what this one asked for, in this process or another."""
        if not self._after:
            return
        if self._file and self._after != self._before:
            keep(self._file, self._after)
        self._before, self._after = self._after, {}


class Memos(dict[str, Memo]):
    """The memos of a folder by their names, each read when it is first asked for. `folder`: None: nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, name: str) -> Memo:
        memo = self[name] = Memo(self._folder / name if self._folder else None)
        return memo

    def keep(self) -> None:
        """Let the next run know what this one asked for, in this process or another."""
        for memo in self.values():
            memo.keep()


class Recent(Generic[K, V]):
    """What was made last, for whoever asks again soon: the last `most` that were asked for, and up to as many before."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._last: dict[K, V] = {}
        self._before: dict[K, V] = {}

    def of(self, key: K, make: Callable[[], V]) -> V:
        """The value of a key, made if it is not at hand."""
        if key in self._last:
            return self._last[key]
        value = self._before[key] if key in self._before else make()
        if len(self._last) >= self._most:
            self._before, self._last = self._last, {}
        self._last[key] = value
        return value

    def __len__(self) -> int:
        """How many are at hand."""
        return len(self._before.keys() | self._last)


def read_kept(file: Path) -> Kept:
    """What `keep` wrote to a file, if this program did."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return Kept(None)
    except OSError:
        data = b""
    head, checksum = (*data[:_LONGEST_HEAD].split(b"\n", 2), b"")[:2]
    payload = memoryview(data)[len(head) + len(checksum) + 2 :]  # no copy: it may be large
    if _checksum(file, payload) != checksum:
        return Kept(None, f"{file} is damaged; everything is made anew")
    if head != _head():
        return Kept(None, f"{file} is by another version of the program; everything is made anew")
    return Kept(marshal.loads(payload))  # noqa: S302 - whoever can forge its checksum can write our programs


def keep(file: Path, value: Any) -> None:
    """Replace a file by plain data: None, numbers, texts, tuples, lists, dicts. If that fails, it is only not saved."""
    payload = marshal.dumps(value)
    with suppress(OSError):
        replace_file(file, _head() + b"\n" + _checksum(file, payload) + b"\n" + payload)


def forget(folder: Path) -> None:
    """Remove what builds keep in a folder; whatever else is there stays."""
    for name in ("builds", "posts", "search", "images"):
        shutil.rmtree(folder / name, ignore_errors=True)


def mark(status: os.stat_result, now: int) -> Mark:
    """What to remember of a file; `now`: nanoseconds, from before its content was read or after it was written."""
    doubt = _DOUBT if status.st_mtime_ns % _SECOND else _LONG_DOUBT
    young = status.st_mtime_ns > now - doubt
    return status.st_size, 0 if young else status.st_mtime_ns, status.st_ino


def is_marked(status: os.stat_result, known: Mark) -> bool:
    """Whether a file is certainly what it was when that mark was kept."""
    return bool(known[1]) and known == (status.st_size, status.st_mtime_ns, status.st_ino)


def _checksum(file: Path, payload: bytes | memoryview) -> bytes:
    """Of a file's name, too: what was kept as one thing is not taken for another."""
    digest = hashlib.sha256(os.fsencode(f"{file.parent.name}/{file.name}\n"))
    digest.update(payload)
    return digest.hexdigest().encode()


def _head() -> bytes:
    return f"commentary {program()}".encode()


@cache
def program() -> str:
    """A hash of the programs that make the site: of this package's sources, and the versions of what it builds on."""
    digest = hashlib.sha256(f"{sys.version} {[*map(_version, _PROGRAMS)]}".encode())
    folder = Path(__file__).parent
    for file in sorted(folder.rglob("*.py")):
        digest.update(f"\n{file.relative_to(folder).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _version(name: str) -> str:
    """Of a package; `importlib.metadata.version` would parse all else that is said of it, too."""
    metadata = distribution(name).read_text("METADATA") or ""
    return metadata.partition("\nVersion:")[2].partition("\n")[0]
