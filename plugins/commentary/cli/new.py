"""`commentary new`: a post that waits for its remark."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commentary.cli.options import now_option, read_passage, read_project, settings_option
from commentary.cli.showing import outcome_as_text, told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from commentary.settings import Settings
    from commentary.work.new import Beginning

# macOS, Wayland, X, Windows
CLIPBOARDS = (
    ("pbpaste",),
    ("wl-paste", "--no-newline"),
    ("xclip", "-selection", "clipboard", "-out"),
    ("powershell.exe", "-NoProfile", "-Command", "Get-Clipboard"),
)
PATIENCE = 10  # seconds


@click.command("new")
@click.argument("page", required=False, metavar="[URL|FILE]")
@click.option("--title", metavar="TEXT", help="Our title. By default the source's headline.")
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="May be given several times.")
@click.option("--publication", metavar="NAME", help="The outlet.")
@click.option("--url", metavar="URL", help="The source's address; of a FILE, where it was saved from.")
@click.option("--headline", metavar="TEXT", help="The source's own title.")
@click.option("--byline", multiple=True, metavar="NAME", help="The source's writer; may be given several times.")
@click.option("--published", metavar="DATE", help="When the source appeared: 2025, 2025-04, 2025-04-28, ~2025-04-28.")
@click.option("--excerpt", default="", metavar="TEXT", help="The passage to quote; - reads it from standard input.")
@click.option("--clipboard", is_flag=True, help="Take the passage to quote from the clipboard.")
@click.option("--date", metavar="DATE", help="When we post: 2025-04-30 or 2025-04-30 09:00. By default now.")
@click.option("--slug", metavar="SLUG", help="The last part of the address. By default made of the title.")
@click.option("--lang", metavar="TAG", help="The language of our words, if not the site's.")
@click.option("--status", type=click.Choice(["published", "draft"]), default="published", help="A draft is not listed.")
@click.option("--no-archive", is_flag=True, help="Do not ask the web archive for a copy of the page.")
@click.option("--edit", is_flag=True, help="Open the post in $VISUAL or $EDITOR.")
@now_option
@settings_option
def command(
    *,
    page: str | None,
    topics: tuple[str, ...],
    excerpt: str,
    clipboard: bool,
    status: str,
    no_archive: bool,
    edit: bool,
    now: str | None,
    settings_file: Path | None,
    title: str | None,
    date: str | None,
    slug: str | None,
    lang: str | None,
    **source: str | tuple[str, ...] | None,
) -> None:
    """Scaffold a post and print its path.

    With the address of a page, or a FILE saved from --url, the post is filled with what the page says of itself: what it does not state outright is marked
    `# guess, confirm`. A copy of the page is kept and the excerpt is compared with it. Without, nothing is fetched, and --topic is needed.
    The remark goes above and below the excerpt. An existing file is never overwritten. Exit status 1: the excerpt is not what the page says.

    \b
    Example:
        commentary new https://herald.example/a --topic diplomacy --excerpt "“We will pause,” the minister said."
        commentary new page.html --url https://herald.example/a --clipboard --edit
        pbpaste | commentary new --topic diplomacy --title "Only a pause" --excerpt -
    """
    from dataclasses import replace

    from commentary.errors import CommentaryError
    from commentary.model import Status
    from commentary.work.clock import moment
    from commentary.work.new import Beginning, new, read_source

    settings = read_project(settings_file)
    when = moment(now, settings.site.zone)
    passage = _clipboard() if clipboard else read_passage(excerpt)
    given = {key: value for key, value in source.items() if value}
    beginning = Beginning(
        topics=topics, excerpt=passage, status=Status(status), title=title, date=date, slug=slug, lang=lang
    )
    failed = False
    if page:
        archive = settings.archive and not no_archive
        path, failed = _from_page(settings, page, beginning, given, archive=archive, now=when)
    elif not topics:
        raise click.UsageError("Missing option '--topic'.", click.get_current_context())
    else:
        path = new(settings, replace(beginning, source=read_source(given)), now=when)
    click.echo(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    if edit:
        try:
            click.edit(filename=os.fspath(path))
        except click.ClickException as cause:
            raise CommentaryError(f"{cause.message}; the post is written and waits for another editor") from cause
    click.get_current_context().exit(int(failed))


def _from_page(
    settings: Settings,
    page: str,
    beginning: Beginning,
    given: Mapping[str, str | tuple[str, ...]],
    *,
    archive: bool,
    now: datetime,
) -> tuple[Path, bool]:
    """The post's path, and whether its excerpt is not what the page says. `given`: see `fill`; with `url`, of a FILE."""
    from commentary.errors import CaptureError
    from commentary.reading.vocabularies import load_vocabulary
    from commentary.work.capture import as_excerpt, capture
    from commentary.work.new import new
    from commentary.work.new_from_page import fill, keep_and_verify
    from commentary.work.record import record
    from commentary.work.snapshot import ask_archive

    vocabulary, _ = load_vocabulary(settings.content / "data", settings.root)
    about = dict(given)
    url = about.pop("url", None)
    captured = capture(settings, page, url=url if isinstance(url, str) else None, vocabulary=vocabulary)
    filled = fill(beginning, captured, vocabulary, given=about, site_lang=settings.site.lang)
    path = new(settings, filled, now=now)
    outcomes = keep_and_verify(settings, path, captured, vocabulary, now=now)
    passage = beginning.excerpt
    if passage.strip() and (place := captured.surroundings(as_excerpt(passage), at=now)):
        click.echo(told(f"found: {place}"), err=True)
    for outcome in outcomes:
        click.echo(outcome_as_text(outcome, stream=sys.stderr), err=True)
    if archive:
        try:
            record(settings, [ask_archive(settings, captured.url)])
        except CaptureError as error:
            click.echo(f"no archived copy: {error}", err=True)
    return path, any(outcome.failed for outcome in outcomes)


def _clipboard() -> str:
    """The text of the clipboard, by whichever program of the system gives it."""
    import shutil
    import subprocess

    from commentary.errors import CommentaryError

    for name, *options in CLIPBOARDS:
        if program := shutil.which(name):
            try:
                done = subprocess.run([program, *options], capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603 - of our own list
            except (OSError, subprocess.TimeoutExpired):  # it waits for a display that is not there
                continue
            if done.returncode == 0:
                return done.stdout.decode(errors="replace")
    names = ", ".join(name for name, *_ in CLIPBOARDS)
    raise CommentaryError(f"the clipboard cannot be read by any of {names}; install one, or use --excerpt -")
