"""How results are shown to an author, and printed for programs."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commentary.quotation.nearest import Change
    from commentary.work.choose import Chosen
    from commentary.work.verify import Outcome


_BLANK = re.compile(r"[^\S\n]")


def told(text: str) -> str:
    """A text that quotes a page, fit for a terminal: every blank a plain space, escapes for what is invisible or a control."""
    from commentary.findings import shown

    return "\n".join(map(shown, _BLANK.sub(" ", text).split("\n")))


def printed(value: object) -> str:
    """A result as `--json` prints it."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def tell_unread(chosen: Chosen) -> None:
    """Say on stderr for which errors posts were left out."""
    from commentary.findings import as_text, wants_colour

    if chosen.unread:
        click.echo(as_text(chosen.unread, colour=wants_colour(sys.stderr)), err=True, nl=False)


def outcome_as_text(outcome: Outcome, *, stream: TextIO) -> str:
    """The verdict on an excerpt with its place; for one that does not stand, what differs. `stream`: where it will go."""
    from commentary.findings import wants_colour

    line = f"{outcome.post.path}:{outcome.excerpt.line}: {outcome.verdict}"
    held, result = outcome.judgement, outcome.verification
    if held and held.share is not None and not outcome.failed:
        line += f", {held.share:.1%} of the source"
    if result and result.hint:
        line += f": {result.hint}"
    elif outcome.note:
        line += f" ({outcome.note})"
    warnings = "".join(f"\n  look again: {warning}" for warning in (held.warnings if held else ()))
    diff = f"\n  {_diff(result.nearest.changes, colour=wants_colour(stream))}" if result and result.nearest else ""
    return told(line + warnings) + diff


def _diff(changes: Iterable[Change], *, colour: bool) -> str:
    """A word diff as `wdiff` writes it, coloured on a terminal: what the excerpt has alone, what the source has alone."""
    marks = {"delete": ("[-", "-]", "\033[31m"), "insert": ("{+", "+}", "\033[32m")}
    written = ""
    for operation, quoted in changes:
        text = told(quoted)
        if operation == "equal":
            written += text
            continue
        opening, closing, start = marks[operation]
        words = text.rstrip()
        marked = f"{opening}{words}{closing}"
        written += (f"{start}{marked}\033[0m" if colour else marked) + text[len(words) :]
    return "\n  ".join(written.strip().split("\n"))
