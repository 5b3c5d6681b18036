"""What lies in a folder, to be compared with what lay there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file's bytes by its path, hidden ones too; never none."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert files, f"{folder} is empty"
    return files
