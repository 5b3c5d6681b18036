"""What several commands ask for in the same words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from commentary.settings import Settings

settings_option = click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="By default pelicanconf.py in this folder or the nearest above.",
)
now_option = click.option(
    "--now",
    metavar="MOMENT",
    help="The moment to take for now. By default SOURCE_DATE_EPOCH, else the clock.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
posts_argument = click.argument("posts", nargs=-1, metavar="[POST…]")
drafts_option = click.option("--drafts", is_flag=True, help="Include drafts, and posts that are held until their date.")


def project_file(settings_file: Path | None) -> Path:
    """The settings file that the command is to use: the one named, else the nearest above."""
    from commentary.settings import DEFAULT_SETTINGS

    here = Path.cwd()
    near = (folder / DEFAULT_SETTINGS for folder in (here, *here.parents))
    return settings_file or next((file for file in near if file.is_file()), here / DEFAULT_SETTINGS)


def read_project(settings_file: Path | None) -> Settings:
    """The settings that the command is to use. SettingsError: one line, why not."""
    from commentary.settings import load_settings

    return load_settings(project_file(settings_file))


def read_passage(written: str) -> str:
    """The passage that `--excerpt` gives; `-` stands for all of standard input, which is UTF-8 whatever the locale."""
    from commentary.errors import CommentaryError

    if written != "-":
        return written
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as cause:
        raise CommentaryError(f"standard input is not UTF-8 at byte {cause.start}; convert it first") from cause
