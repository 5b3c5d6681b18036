"""The manifest: which files in an output folder are ours, and the hash of each. Nothing of time is in it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from commentary.urls import MAX_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

VERSION = 1
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def content_hash(content: bytes) -> str:
    """SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(path: Path) -> dict[str, str] | None:
    """Path -> content hash of every file of ours, or None if there is no manifest that can be trusted."""
    try:
        data = json.loads(path.read_bytes())
        files = data["files"]
        if data["version"] != VERSION or not all(isinstance(v, str) for v in files.values()) or _strays(files):
            return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return dict(files)


def _strays(paths: Iterable[str]) -> bool:
    """Whether one of the paths leads out of its folder, or no file can have it. ValueError: it is no text."""
    together = "".join([f"/{path}/\n" for path in paths])  # to be looked through at once
    names = together.encode().split(b"/")
    return any(part in together for part in ("//", "/./", "/../", "\0")) or max(map(len, names)) > MAX_NAME


def manifest_bytes(files: Mapping[str, str]) -> bytes:
    """The manifest of these files, sorted, a line each."""
    # As json.dumps(indent=0) has it, which is written in Python and takes a tenth of a second for ten thousand posts.
    together = "".join(files)
    is_plain = together.isprintable() and '"' not in together and "\\" not in together  # JSON has them as they are
    write = '"{}"'.format if is_plain else _encoded
    rows = ",\n".join([f'{write(path)}: "{files[path]}"' for path in sorted(files)])
    body = f"{{\n{rows}\n}}" if rows else "{}"
    return f'{{\n"version": {VERSION},\n"files": {body}\n}}\n'.encode()
