"""The text of a file: opened with care, UTF-8, without what no author means to write."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from commentary.errors import PostSyntaxError
from commentary.findings import found

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 1_000_000
MAX_LINES = 20  # of one file that are named for their characters

# Not characters of a text: C0 and C1 controls but tab and line feed, the line separators that YAML
# and Python break lines at but editors do not, lone surrogates, byte order marks, noncharacters.
REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_file(file: Path, *, path: str) -> str:
    """The text of a regular file, as `clean` leaves it; `path` is its name in findings.

    Links, pipes and devices are never opened. PostSyntaxError: an `unreadable` finding.
    """
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            raise _refuse(path, 1, f"is {_kind(file)}, not a regular file; put the file itself here")
        # Between the two calls it may have become a link or a pipe: the flags refuse or at least do not wait.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(file, flags), "rb") as stream:  # noqa: PTH123 - pathlib's open takes no flags
            data = stream.read(MAX_BYTES + 1)
    except OSError as cause:
        raise _refuse(path, 1, f"cannot be opened ({cause.strerror}); see to its permissions") from cause
    return clean(decode(data, path=path), path=path)


def decode(data: bytes, *, path: str) -> str:
    """UTF-8 as text; PostSyntaxError names the first line that is something else."""
    if len(data) > MAX_BYTES:
        raise _refuse(path, 1, _TOO_LARGE)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as cause:
        encoding = _BOMS.get(data[:2], "UTF-16" if b"\0" in data else "Latin-1 or Windows-1252")
        byte = data[cause.start]
        line = data.count(b"\n", 0, cause.start) + 1
        message = f"byte 0x{byte:02X} is not UTF-8 (the file looks like {encoding}); save it as UTF-8"
        raise _refuse(path, line, message) from None


def clean(text: str, *, path: str) -> str:
    """The text without byte order mark, lines ended by one line feed each, the last one too.

    PostSyntaxError: `unreadable` for every line that holds a control character, for a file over
    1 MB and for a merge conflict left in it.
    """
    if len(text) > MAX_BYTES:
        raise _refuse(path, 1, _TOO_LARGE)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text and not text.endswith("\n"):
        text += "\n"
    first_on_line: dict[int, str] = {}
    for match in () if text.replace("\n", "").isprintable() else REFUSED.finditer(text):
        first_on_line.setdefault(text.count("\n", 0, match.start()) + 1, match[0])
        if len(first_on_line) == MAX_LINES:  # a binary file has them everywhere
            break
    if first_on_line:
        raise PostSyntaxError(
            found(
                path,
                line,
                "unreadable",
                f"the line holds the character U+{ord(char):04X}, which no text has; delete it",
            )
            for line, char in first_on_line.items()
        )
    if line := _conflict(f"\n{text}"):
        raise _refuse(
            path, line, "a merge conflict begins here (<<<<<<<); choose one version and delete the three marker lines"
        )
    return text


_TOO_LARGE = f"is larger than {MAX_BYTES // 1_000_000} MB; a text is not, so move what is not text elsewhere"


def _refuse(path: str, line: int, message: str) -> PostSyntaxError:
    return PostSyntaxError([found(path, line, "unreadable", message)])


def _conflict(text: str) -> int:
    """The line of the first merge conflict, 0 if there is none; `text` begins with a line feed."""
    start = text.find("\n<<<<<<< ")
    middle = text.find("\n=======\n", start + 1)
    if start < 0 or middle < 0 or text.find("\n>>>>>>> ", middle) < 0:
        return 0
    return text.count("\n", 0, start + 1)


def _kind(file: Path) -> str:
    mode = file.lstat().st_mode
    kinds = ((stat.S_ISLNK, "a symbolic link"), (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a named pipe"))
    return next((name for test, name in kinds if test(mode)), "a device or socket")
