"""`commentary new`: a post that waits for its remark."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from commentary.cli.options import now_option, read_project, settings_option


@click.command("new")
@click.option("--title", metavar="TEXT", help="Our title. By default the source's headline.")
@click.option("--topic", "topics", multiple=True, required=True, metavar="TOPIC", help="May be given several times.")
@click.option("--publication", metavar="NAME", help="The outlet.")
@click.option("--url", metavar="URL", help="The source's address.")
@click.option("--headline", metavar="TEXT", help="The source's own title.")
@click.option("--byline", multiple=True, metavar="NAME", help="The source's writer; may be given several times.")
@click.option("--published", metavar="DATE", help="When the source appeared: 2025, 2025-04, 2025-04-28, ~2025-04-28.")
@click.option("--excerpt", default="", metavar="TEXT", help="The passage to quote; - reads it from standard input.")
@click.option("--date", metavar="DATE", help="When we post: 2025-04-30 or 2025-04-30 09:00. By default now.")
@click.option("--slug", metavar="SLUG", help="The last part of the address. By default made of the title.")
@click.option("--lang", metavar="TAG", help="The language of our words, if not the site's.")
@click.option("--status", type=click.Choice(["published", "draft"]), default="published", help="A draft is not listed.")
@click.option("--edit", is_flag=True, help="Open the post in $VISUAL or $EDITOR.")
@now_option
@settings_option
def command(
    *,
    title: str | None,
    topics: tuple[str, ...],
    excerpt: str,
    date: str | None,
    slug: str | None,
    lang: str | None,
    status: str,
    edit: bool,
    now: str | None,
    settings_file: Path | None,
    **source: str | tuple[str, ...] | None,
) -> None:
    """Scaffold a post and print its path.

    The remark goes above and below the excerpt. An existing file is never overwritten, and nothing is fetched. Without anything about the source the
    post says that it is not recorded.

    \b
    Example:
        commentary new --topic trade --publication "The Herald" --url https://herald.example/a \\
            --headline "Ministry pauses tariffs" --excerpt "“We will pause,” the minister said."
        pbpaste | commentary new --topic trade --title "Only a pause" --excerpt - --edit
    """
    from commentary.errors import CommentaryError
    from commentary.model import Status
    from commentary.work.clock import moment
    from commentary.work.new import Beginning, new, read_source

    settings = read_project(settings_file)
    beginning = Beginning(
        title=title,
        topics=topics,
        source=read_source({key: value for key, value in source.items() if value}),
        excerpt=_stdin() if excerpt == "-" else excerpt,
        date=date,
        slug=slug,
        lang=lang,
        status=Status(status),
    )
    path = new(settings, beginning, now=moment(now, settings.site.zone))
    click.echo(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    if edit:
        try:
            click.edit(filename=os.fspath(path))
        except click.ClickException as cause:
            raise CommentaryError(f"{cause.message}; the post is written and waits for another editor") from cause


def _stdin() -> str:
    """All of standard input, which is UTF-8 whatever the locale."""
    from commentary.errors import CommentaryError

    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as cause:
        raise CommentaryError(f"standard input is not UTF-8 at byte {cause.start}; convert it first") from cause
