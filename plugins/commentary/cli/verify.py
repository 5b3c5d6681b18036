"""`commentary verify`: every excerpt against a copy of its source, word for word."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commentary.cli.options import json_option, now_option, posts_argument, read_project, settings_option
from commentary.cli.showing import outcome_as_text, printed, tell_unread

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commentary.settings import Settings
    from commentary.work.verify import Outcome


@click.command("verify")
@posts_argument
@click.option("--refresh", is_flag=True, help="Fetch every source anew.")
@click.option(
    "--copy",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Take this saved page for the source of the one POST.",
)
@click.option("--fix", is_flag=True, help="Offer to put the source's words in an altered excerpt's place.")
@click.option("--yes", is_flag=True, help="With --fix: do not ask.")
@json_option
@now_option
@settings_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    posts: tuple[str, ...],
    refresh: bool,
    copy: Path | None,
    fix: bool,
    yes: bool,
    as_json: bool,
    now: str | None,
    settings_file: Path | None,
) -> None:
    """Compare the excerpts of POSTs, by default of all, with copies of their sources.

    A POST is a file or a slug. A source is fetched if there is no copy of it; where that fails, save the page in a browser and give it with --copy.
    The verdicts go into the ledger, and from there onto the pages. Exit status 1: an excerpt is altered or missing, or a post cannot be read; 2: not one could be checked,
    as no source was to be had.

    \b
    Example:
        commentary verify
        commentary verify content/posts/2025/2025-04-30-tariff-pause.md --copy page.html
        commentary verify tariff-pause --refresh --fix
    """
    from commentary.findings import count
    from commentary.quotation.verdict import Verdict
    from commentary.work.choose import choose_posts
    from commentary.work.clock import moment
    from commentary.work.progress import on_terminal
    from commentary.work.verify import verify_posts

    settings = read_project(settings_file)
    when = moment(now, settings.site.zone)
    shown = on_terminal("verifying", slow=True)
    chosen = choose_posts(settings, posts)
    outcomes = verify_posts(settings, chosen, now=when, refresh=refresh, copy=copy, progress=shown)
    if fix and _fix(settings, outcomes, ask=not yes):
        chosen = choose_posts(settings, posts)
        outcomes = verify_posts(settings, chosen, now=when)
    if as_json:
        click.echo(printed([_row(outcome) for outcome in outcomes]))
    else:
        for outcome in outcomes:
            click.echo(outcome_as_text(outcome, stream=sys.stdout))
    unchecked = sum(outcome.verdict is Verdict.UNCHECKED for outcome in outcomes)
    if unchecked:
        click.echo(f"{count(len(outcomes) - unchecked, 'excerpt')} checked, {unchecked} not", err=True)
    tell_unread(chosen)
    failed = bool(chosen.unread) or any(outcome.failed for outcome in outcomes)
    nobody_answered = unchecked == len(outcomes) and any(outcome.out_of_reach for outcome in outcomes)
    ctx.exit(1 if failed else 2 if nobody_answered else 0)


def _fix(settings: Settings, outcomes: Iterable[Outcome], *, ask: bool) -> bool:
    """Whether anything was rewritten."""
    from commentary.snapshots.store import find
    from commentary.work.rewrite import rewriting

    written = False
    for outcome in outcomes:
        held = outcome.judgement
        snapshot = find(settings.snapshots, held.url, held.snapshot) if held and outcome.failed else None
        if not snapshot:
            continue
        edit = rewriting(settings, outcome, snapshot)
        place = f"{outcome.post.path}:{outcome.excerpt.line}"
        if not edit:
            click.echo(f"{place}: takes an author; see what differs and edit it by hand", err=True)
            continue
        click.echo(edit.diff(), err=True, nl=False)
        if not ask or click.confirm(f"Rewrite the excerpt in {place}?", err=True):
            edit.write(settings.root)
            written = True
    return written


def _row(outcome: Outcome) -> dict[str, object]:
    held, result = outcome.judgement, outcome.verification
    return {
        "path": outcome.post.path,
        "line": outcome.excerpt.line,
        "source": outcome.source.url if outcome.source else None,
        "verdict": outcome.verdict.value,
        "checked": held.at.isoformat() if held else None,
        "share": held.share if held else None,
        "fragment": f":~:{held.fragment}" if held and held.fragment else None,
        "embedded": held.embedded if held else False,
        "warnings": list(held.warnings) if held else [],
        "hint": result.hint if result else None,
        "nearest": result.nearest.text if result and result.nearest else None,
        "diff": [list(change) for change in result.nearest.changes] if result and result.nearest else [],
        "note": outcome.note,
    }
