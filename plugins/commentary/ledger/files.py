"""
The ledger's files, content/data/ledger/YYYY.json: a JSON list, a fact a line, by the year of the fact.

Lines are sorted, and each ends in a comma (the last element is `{}`), so that a new fact touches no other line. Facts
carry their own moments and repetitions do no harm: git may keep both sides of any merge (`merge=union`).
"""

from __future__ import annotations

import json
import re
import stat
from collections import defaultdict
from typing import TYPE_CHECKING

from pydantic import ValidationError

from commentary.errors import OutputError
from commentary.files import replace_file
from commentary.findings import Finding, found
from commentary.ledger.facts import FACT
from commentary.ledger.known import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from commentary.ledger.known import AnyFact

FOLDER = "data/ledger"  # below the content
MAX_BYTES = 100_000_000
MAX_FINDINGS = 20  # in one file

_STRUCTURE = ("[", "{}", "]", "")
_YEAR = re.compile(r"\d{4}")
_WAY_OUT = "restore the line from git, or delete it and run `commentary verify`"


def read_ledger(content: Path, root: Path) -> tuple[Ledger, list[Finding]]:
    """The ledger of a content folder, and a finding for every line that is no fact; `root`: the project's folder."""
    facts: list[AnyFact] = []
    findings: list[Finding] = []
    for file in _files(content / FOLDER):
        path = file.relative_to(root).as_posix()
        faults = 0
        for number, line in enumerate(_lines(file), 1):
            text = line.strip()
            if text.decode("ascii", "replace") in _STRUCTURE:
                continue
            try:
                facts.append(FACT.validate_json(text.removesuffix(b",")))
            except ValidationError as cause:
                findings.append(found(path, number, "ledger", f"{_reason(cause)}; {_WAY_OUT}"))
                faults += 1
                if faults == MAX_FINDINGS:
                    break
    return Ledger.of(facts), findings


def write_ledger(content: Path, ledger: Ledger) -> bool:
    """Bring the files to hold this ledger, each replaced whole; whether any had to change. OutputError if one cannot be."""
    years: defaultdict[str, list[str]] = defaultdict(list)
    for fact in ledger.facts():
        years[f"{fact.at.year:04}"].append(_line(fact))
    folder = content / FOLDER
    files = {folder / f"{year}.json": "".join(["[\n", *sorted(lines), "{}\n]\n"]) for year, lines in years.items()}
    changed = False
    for file in [*files, *(file for file in _files(folder) if file not in files)]:
        text = files.get(file, "[\n{}\n]\n").encode()
        if not file.exists() or file.read_bytes() != text:
            write_file(file, text)
            changed = True
    return changed


def write_file(file: Path, content: bytes) -> None:
    """Replace a file of the ledger whole. OutputError if that fails."""
    try:
        replace_file(file, content)
    except OSError as cause:
        raise OutputError(
            f"{file}: {cause.strerror or cause}; nothing was recorded, run it again once that is mended"
        ) from cause


def _line(fact: AnyFact) -> str:
    written = fact.model_dump(mode="json", exclude_defaults=True)
    head = {"url": written.pop("url"), "fact": fact.fact}  # first, so that lines sort by source
    return json.dumps(head | written, ensure_ascii=False, sort_keys=False) + ",\n"


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.json") if _YEAR.fullmatch(file.stem))


def _lines(file: Path) -> list[bytes]:
    """The lines of a regular file; of anything else one line that is no fact."""
    try:
        status = file.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES:
            return file.read_bytes().split(b"\n")
    except OSError:
        pass
    return [b"not a regular file of facts"]


def _reason(cause: ValidationError) -> str:
    error = cause.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in error["loc"][1:])
    what = error["msg"].removeprefix("Value error, ")
    text = f"the line is no fact: {f'{where}: ' if where else ''}{what}"
    return "".join(c if c.isprintable() else "?" for c in text)
