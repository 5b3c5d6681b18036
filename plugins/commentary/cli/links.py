"""`commentary links`: what has become of the addresses that posts give."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from commentary.cli.options import json_option, now_option, posts_argument, read_project, settings_option
from commentary.cli.showing import printed, tell_unread, told


@click.command("links")
@posts_argument
@json_option
@now_option
@settings_option
@click.pass_context
def command(
    ctx: click.Context, *, posts: tuple[str, ...], as_json: bool, now: str | None, settings_file: Path | None
) -> None:
    """Look at every source and related report of POSTs, by default of all, and record what became of it.

    The states are live, moved, drifted (the quoted words are gone), refused (to programs), soft-404 and dead; a link is dead, for readers too, only after
    it has failed on three different days. Each host is asked one thing at a time. A run that was interrupted goes on where it stopped;
    one to which nobody answers records nothing, for it says more of this machine than of the sources. Exit status 1: a post cannot be read.

    \b
    Example:
        commentary links
        commentary links --json
    """
    from commentary.ledger.failures import DAYS
    from commentary.work.choose import choose_posts
    from commentary.work.clock import moment
    from commentary.work.links import check_links
    from commentary.work.progress import on_terminal

    settings = read_project(settings_file)
    shown = on_terminal("looking", slow=True)
    chosen = choose_posts(settings, posts)
    reports = check_links(settings, chosen, now=moment(now, settings.site.zone), progress=shown)
    if as_json:
        click.echo(printed([asdict(report) for report in reports]))
    for report in () if as_json else reports:
        more = [
            *([f"to {report.target}"] if report.target else []),
            *([f"on {report.failures} of {DAYS} days"] if report.failures else []),
            *([report.reason.removeprefix(f"{report.url}: ")] if report.reason else []),
        ]
        click.echo(told(f"{report.state}: {report.url}" + (f" ({', '.join(more)})" if more else "")))
    tell_unread(chosen)
    ctx.exit(int(bool(chosen.unread)))
