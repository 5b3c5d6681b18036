"""`commentary snapshot`: copies of sources."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from commentary.cli.options import json_option, now_option, posts_argument, read_project, settings_option
from commentary.cli.showing import printed, tell_unread


@click.command("snapshot")
@posts_argument
@click.option("--archive", is_flag=True, help="Ask the web archive for a copy, too, where none is known.")
@json_option
@now_option
@settings_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    posts: tuple[str, ...],
    archive: bool,
    as_json: bool,
    now: str | None,
    settings_file: Path | None,
) -> None:
    """Save copies of the sources of POSTs, by default of all, where there is none.

    They stay on this machine, outside the site. Exit status 1: something could not be saved, or a post cannot be read.

    \b
    Example:
        commentary snapshot
        commentary snapshot tariff-pause --archive
    """
    from commentary.work.choose import choose_posts
    from commentary.work.clock import moment
    from commentary.work.progress import on_terminal
    from commentary.work.snapshot import snapshot_posts

    settings = read_project(settings_file)
    when = moment(now, settings.site.zone)
    shown = on_terminal("saving", slow=True)
    chosen = choose_posts(settings, posts)
    kept = snapshot_posts(settings, chosen, now=when, with_archive=archive, progress=shown)
    if as_json:
        click.echo(printed([asdict(each) for each in kept]))
    else:
        for each in kept:
            told = [f"{each.copy} copy" if each.copy else "no copy", *([each.memento] if each.memento else [])]
            click.echo(f"{each.url}: {', '.join(told)}" + (f" ({each.note})" if each.note else ""))
    tell_unread(chosen)
    ctx.exit(int(bool(chosen.unread) or any(each.note for each in kept)))
