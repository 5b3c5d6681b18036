"""`commentary capture`: what a page says of itself, and how a passage stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commentary.cli.options import now_option, read_passage, read_project, settings_option
from commentary.cli.showing import printed, told

if TYPE_CHECKING:
    from datetime import datetime

    from commentary.work.capture import Captured


@click.command("capture")
@click.argument("page", metavar="URL|FILE")
@click.option("--url", metavar="URL", help="The address of a page that is saved in a file.")
@click.option("--excerpt", metavar="TEXT", help="A passage to look for; - reads it from standard input.")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
@now_option
@settings_option
def command(
    page: str, *, url: str | None, excerpt: str | None, as_json: bool, now: str | None, settings_file: Path | None
) -> None:
    """Print what the page at URL, or saved in FILE, says of itself.

    Nothing is written. `guesses` are the facts that the page does not state outright.

    \b
    Example:
        commentary capture https://herald.example/a --json
        commentary capture page.html --url https://herald.example/a --excerpt "We will pause"
    """
    from commentary.reading.vocabularies import load_vocabulary
    from commentary.work.capture import capture
    from commentary.work.clock import moment

    settings = read_project(settings_file)
    vocabulary, _ = load_vocabulary(settings.content / "data", settings.root)
    captured = capture(settings, page, url=url, vocabulary=vocabulary)
    facts = captured.facts
    row: dict[str, object] = {
        "headline": facts.headline,
        "publication": facts.publication,
        "byline": list(facts.byline),
        "published": str(facts.published) if facts.published else None,
        "canonical": facts.canonical,
        "language": facts.language,
        "paywall": facts.paywall,
        "guesses": list(facts.guesses),
        "words": captured.copy.snapshot.words,
    }
    if excerpt is not None:
        row |= _standing(captured, read_passage(excerpt), at=moment(now, settings.site.zone))
    if as_json:
        click.echo(printed(row))
    else:
        for key, value in row.items():
            click.echo(told(f"{key}: {', '.join(map(str, value)) if isinstance(value, list) else value}"))


def _standing(captured: Captured, passage: str, *, at: datetime) -> dict[str, object]:
    from commentary.work.capture import as_excerpt

    judgement, result = captured.judge(as_excerpt(passage), at=at)
    return {
        "verdict": judgement.verdict,
        "nearest": result.nearest.text if result.nearest else None,
        "share": judgement.share,
        "fragment": f":~:{judgement.fragment}" if judgement.fragment else None,
        "warnings": [*judgement.warnings, *([result.hint] if result.hint else [])],
    }
