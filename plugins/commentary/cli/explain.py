"""`commentary explain`: what a rule asks, why, and the way out."""

from __future__ import annotations

import click

from commentary.cli.options import json_option
from commentary.cli.showing import printed


@click.command("explain")
@click.argument("rule", required=False)
@json_option
def command(rule: str | None, as_json: bool) -> None:
    """Explain RULE, or list every rule with its severity.

    The settings change a severity with COMMENTARY_SEVERITIES; a post's `allow` excuses it from a rule
    that is marked with `*`.

    \b
    Example:
        commentary explain
        commentary explain source-already-quoted
    """
    from commentary.checks import explanation
    from commentary.errors import CommentaryError
    from commentary.findings import RULES, nearest

    if rule and rule not in RULES:
        raise CommentaryError(f"there is no rule {rule}{nearest(rule, RULES) or '; `commentary explain` lists them'}")
    names = [rule] if rule else list(RULES)
    if as_json:
        rows = [
            {
                "rule": name,
                "severity": str(RULES[name].severity),
                "excusable": RULES[name].excusable,
                "explanation": explanation(name),
            }
            for name in names
        ]
        click.echo(printed(rows))
    elif rule:
        click.echo(f"{rule} ({RULES[rule].severity})\n\n{explanation(rule)}")
    else:
        for name in names:
            mark = "*" if RULES[name].excusable else " "
            first = explanation(name).partition("\n")[0]
            click.echo(f"{name:<25}{mark} {RULES[name].severity!s:<8} {first}")
