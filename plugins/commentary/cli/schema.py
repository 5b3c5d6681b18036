"""`commentary schema`: the front matter as a JSON Schema, for editors."""

from __future__ import annotations

import json

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the front matter.

    It lets an editor complete and check what one types.

    \b
    Example:
        commentary schema > post.schema.json
    """
    from commentary.reading.json_schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
