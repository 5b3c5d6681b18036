"""`commentary check`: every post against every rule."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commentary.cli.options import drafts_option, now_option, read_project, settings_option


@click.command("check")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How findings are printed."
)
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
@click.option("--fix", is_flag=True, help="Mend what is mechanical first, and show the diff on stderr.")
@drafts_option
@click.option("--shares", is_flag=True, help="Tell how much of its sources, and of itself, each post quotes.")
@now_option
@settings_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    form: str,
    strict: bool,
    fix: bool,
    drafts: bool,
    shares: bool,
    now: str | None,
    settings_file: Path | None,
) -> None:
    """Check every post against every rule.

    Each finding is printed with its file and line. Nothing is written unless --fix is given: it puts quotes around titles that YAML would misread, and
    declares new topics. `commentary explain RULE` tells more about a finding.

    \b
    Example:
        commentary check --strict
        commentary check --format github
    """
    from commentary.checks import report
    from commentary.findings import as_text, wants_colour
    from commentary.work.clock import moment
    from commentary.work.mend import mend
    from commentary.work.prepare import survey

    settings = read_project(settings_file)
    when = moment(now, settings.site.zone)
    checked = survey(settings, now=when, drafts=drafts)
    if fix and (edits := mend(checked)):
        for edit in edits:
            edit.write(settings.root)
            click.echo(edit.diff(), err=True, nl=False)
        checked = survey(settings, now=when, drafts=drafts)
    shown = {
        "text": lambda: as_text(checked.findings, colour=wants_colour(sys.stdout)),
        "json": lambda: report.as_json(checked.findings),
        "github": lambda: report.as_github(checked.findings),
    }
    click.echo(shown[form](), nl=False)
    if shares:
        click.echo(report.shares(checked.corpus, checked.ledger), nl=False, err=form != "text")
    click.echo(report.summary(checked.findings, posts=checked.posts_read), err=True)
    ctx.exit(report.exit_status(checked.findings, strict=strict))
