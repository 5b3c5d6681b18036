"""`commentary register`: every address and feed id ever published."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commentary.cli.options import now_option, read_project, settings_option


@click.command("register")
@click.option("--update", is_flag=True, help="Write them into content/data/register.json.")
@now_option
@settings_option
def command(*, update: bool, now: str | None, settings_file: Path | None) -> None:
    """List the addresses that the register does not hold yet.

    What stands in the register is promised: `commentary check` fails when one of its addresses would be lost, when a feed id would change, and
    when a published excerpt was altered without a correction. Publishing updates it; commit the file.

    \b
    Example:
        commentary register
        commentary register --update
    """
    from commentary.findings import as_text, count, wants_colour
    from commentary.work.clock import moment
    from commentary.work.prepare import prepare
    from commentary.work.register import enter

    settings = read_project(settings_file)
    when = moment(now, settings.site.zone)
    prepared = prepare(settings, now=when)
    click.echo(as_text(prepared.findings, colour=wants_colour(sys.stderr)), err=True, nl=False)
    entering = enter(prepared, today=when.date(), write=update)
    for address in entering.new:
        click.echo(address)
    held = count(len(entering.register.rows), "address", "addresses")
    done = (
        "written" if update and entering.changed else "not written; --update does" if entering.changed else "unchanged"
    )
    click.echo(f"{held}, {len(entering.new)} new ({done})", err=True)
