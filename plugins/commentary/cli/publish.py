"""`commentary publish`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commentary.cli.options import now_option, project_file

if TYPE_CHECKING:
    from pathlib import Path

    from commentary.work.prepare import Prepared


@click.command("publish")
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Build and check, list what would change, and change nothing.")
@click.option("--rollback", is_flag=True, help="Let readers get the release before this one again (folders only).")
@click.option("--nginx", is_flag=True, help="Print a configuration for nginx that serves the target (folders only).")
@now_option
def command(target: str, *, dry_run: bool, rollback: bool, nginx: bool, now: str | None) -> None:
    """Check, build, check the built site, and let readers get it, all at once or not at all.

    TARGET is a table [tool.commentary.targets.TARGET] of pyproject.toml. Its settings, publishconf.py, want SITEURL in
    the environment. New addresses are entered in content/data/register.json: commit it.

    \b
    Example:
        SITEURL=https://remarks.example commentary publish live --dry-run
        commentary publish live --rollback
    """
    from commentary.errors import SettingsError
    from commentary.pelican_plugin import engine
    from commentary.publishing.nginx import nginx_conf
    from commentary.publishing.targets import FolderTarget, read_target
    from commentary.settings import load_settings
    from commentary.work.clock import moment
    from commentary.work.publish import place_of, publish, release_folder

    root = project_file(None).parent
    table = read_target(root, target)
    file = root / table.settings
    settings = load_settings(file)
    if rollback or nginx:
        if not isinstance(table, FolderTarget):
            raise SettingsError(f"the target {target} is no folder, so it has no releases and needs no web server")
        folder = release_folder(table, settings)
        click.echo(folder.roll_back() if rollback else nginx_conf(settings.site, folder.path), nl=rollback)
        return

    def build(stage: Path) -> Prepared:
        # Whoever looks at drafts with every build has not published them.
        prepared = engine.build(file, OUTPUT_PATH=str(stage), COMMENTARY_NOW=now, COMMENTARY_DRAFTS=False).prepared
        assert prepared is not None  # nothing stands in a fresh stage
        return prepared

    today = moment(now, settings.site.zone).date()
    done = publish(place_of(table, target, settings), build=build, today=today, dry_run=dry_run)
    if dry_run:
        for sign, paths in (("+", done.changes.new), ("*", done.changes.changed), ("-", done.changes.removed)):
            for path in paths:
                click.echo(f"{sign} {path}")
    click.echo(
        done.told or f"{'would change' if dry_run and done.changes else 'nothing to publish'}: {target}",
        err=not done.told,
    )
