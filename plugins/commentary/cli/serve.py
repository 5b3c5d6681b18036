"""`commentary serve`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from commentary.cli.options import drafts_option, now_option, project_file, settings_option

if TYPE_CHECKING:
    from pathlib import Path

    from commentary.errors import CommentaryError
    from commentary.work.prepare import Prepared


@click.command("serve")
@settings_option
@now_option
@drafts_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, envvar="PORT", help="0: any free one."
)
def command(settings_file: Path | None, now: str | None, drafts: bool, port: int) -> None:
    """Serve the site to this machine, and show in the open page whatever is saved.

    The page reloads itself. While something is wrong, the page lists it and the last good site stays in place.

    \b
    Example:
        commentary serve --drafts --port 8001
    """
    from commentary.pelican_plugin.workshop import open_workshop
    from commentary.settings import load_settings
    from commentary.work.preview import Preview
    from commentary.work.serve import Server, serve

    file = project_file(settings_file)
    overrides = {
        # Whatever other plugins write: the addresses in it are this machine's.
        "OUTPUT_PATH": str(load_settings(file).cache / "preview"),
        "SITEURL": f"http://localhost:{port}" if port else None,
        "COMMENTARY_NOW": now,
        "COMMENTARY_DRAFTS": drafts,
    }
    preview = Preview(lambda: open_workshop(file, **overrides), Terminal())
    server = Server(load_settings(file, **overrides), preview, port)
    serve(server, settings_file=file, ready=lambda url: click.echo(f"Serving {url} - stop with Ctrl-C"))


class Terminal:
    """Tells the author on the terminal how it goes."""

    def planned(self, prepared: Prepared) -> None:
        """The findings, and what there is in one line."""
        from commentary.findings import as_text, count, wants_colour

        click.echo("".join(f"{note}\n" for note in prepared.notes), err=True, nl=False)
        click.echo(as_text(prepared.findings, colour=wants_colour(sys.stderr)), err=True, nl=False)
        click.echo(f"{count(len(prepared.corpus.posts), 'post')}, {count(len(prepared.plan), 'file')}")

    def failed(self, error: CommentaryError, *, stands: bool) -> None:
        """Every finding, and whether there is a site all the same."""
        self.unrendered(error)
        click.echo(
            "Not built; the last good site is still served." if stands else "Not built; nothing can be served yet.",
            err=True,
        )

    def unrendered(self, error: CommentaryError) -> None:
        """Every finding."""
        from commentary.pelican_plugin.engine import report_error

        report_error(error)
