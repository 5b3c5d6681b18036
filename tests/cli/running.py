"""Run a command in a folder."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from commentary.cli import main

if TYPE_CHECKING:
    from pathlib import Path

SILENT = {"NO_COLOR": "1", "SOURCE_DATE_EPOCH": None, "VISUAL": None, "EDITOR": None}


def commentary(*arguments: str, folder: Path, stdin: str | None = None, **env: str) -> Result:
    """What `commentary ARGUMENTS` does in `folder`; an exception that no adapter catches fails the test."""
    with chdir(folder):
        result = CliRunner(env=SILENT | env).invoke(main, arguments, input=stdin, prog_name="commentary")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
