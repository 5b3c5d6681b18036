"""`commentary serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commentary.cli.options import drafts_option, now_option, project_file, settings_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command("serve")
@settings_option
@now_option
@drafts_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, envvar="PORT", help="0: any free one."
)
def command(settings_file: Path | None, now: str | None, drafts: bool, port: int) -> None:
    """Build the site, serve it to this machine, and rebuild it when a file changes.

    The page that is open in the browser reloads itself. A post with an error leaves the last good site in place.

    \b
    Example:
        commentary serve --drafts --port 8001
    """
    from commentary.errors import CommentaryError
    from commentary.pelican_plugin import engine
    from commentary.settings import load_settings
    from commentary.work.serve import serve

    file = project_file(settings_file)
    # A folder of its own: its addresses are this machine's, and a build for the public may run beside it.
    output = load_settings(file).cache / "preview"
    overrides = {
        "OUTPUT_PATH": str(output),
        "SITEURL": f"http://localhost:{port}" if port else None,
        "COMMENTARY_NOW": now,
        "COMMENTARY_DRAFTS": drafts,
    }

    def build() -> bool:
        try:
            click.echo(engine.build(file, quick=False, **overrides).summary)
        except CommentaryError as error:
            engine.report_error(error)
            if output.exists():
                click.echo("Not built; the last good site is still served.", err=True)
            return False
        return True

    build()
    serve(
        load_settings(file, **overrides),
        build,
        port=port,
        ready=lambda url: click.echo(f"Serving {url} - stop with Ctrl-C"),
    )
