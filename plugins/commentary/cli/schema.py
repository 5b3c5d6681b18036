"""`commentary schema`: the front matter as a JSON Schema, for editors."""

from __future__ import annotations

import click

from commentary.cli.showing import printed


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the front matter.

    It lets an editor complete and check what one types.

    \b
    Example:
        commentary schema > post.schema.json
    """
    from commentary.reading.json_schema import json_schema

    click.echo(printed(json_schema()))
