"""On which days an address failed: content/data/ledger/failures.json, so that any machine goes on counting."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from commentary.errors import CorpusError
from commentary.findings import found
from commentary.ledger.files import FOLDER, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DAYS = 3  # of failures make a link dead

_FAILURES = TypeAdapter(dict[str, list[date]])


def read_failures(content: Path, root: Path) -> dict[str, list[date]]:
    """Address -> the days on which it failed, oldest first. CorpusError if the file holds something else."""
    file = _file(content)
    try:
        return _FAILURES.validate_json(file.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as cause:
        path = file.relative_to(root).as_posix()
        message = "the file is no list of addresses with days; restore it from git, or delete it to count anew"
        raise CorpusError([found(path, 1, "ledger", message)]) from cause


def write_failures(content: Path, failures: Mapping[str, list[date]]) -> None:
    """Replace the file; without failures there is none."""
    rows = [
        f"{json.dumps(url, ensure_ascii=False)}: {json.dumps([day.isoformat() for day in days])}"
        for url, days in sorted(failures.items())
    ]
    text = ("{\n" + ",\n".join(rows) + "\n}\n").encode()
    file = _file(content)
    if not failures:
        file.unlink(missing_ok=True)
    elif not file.exists() or file.read_bytes() != text:
        write_file(file, text)


def _file(content: Path) -> Path:
    return content / FOLDER / "failures.json"
