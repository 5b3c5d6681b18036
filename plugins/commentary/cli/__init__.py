"""The command line: one command a file, imported when it is called, so that `--help` is quick."""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import Any

import click

from commentary.errors import CommentaryError, CorpusError, PostSyntaxError
from commentary.version import __version__

COMMANDS = (
    "new",
    "capture",
    "check",
    "snapshot",
    "verify",
    "links",
    "build",
    "serve",
    "publish",
    "register",
    "explain",
    "schema",
)  # the order of help: as a post goes
INTERRUPTED = 130  # 128 and the number of SIGINT, as shells have it
BROKEN_PIPE = 141  # the same of SIGPIPE


class Commands(click.Group):
    """The commands of this folder. What stops one becomes a line on stderr and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Their names, in the order of help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """`command` of the module that has the command's name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"commentary.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command to its exit status; Ctrl-C and a reader that went away end it quietly."""
        try:
            result = super().invoke(ctx)
            if sys.stdout:  # None: it was closed before we began
                sys.stdout.flush()
        except CommentaryError as error:
            findings = isinstance(error, PostSyntaxError | CorpusError)  # each line says itself what it is
            click.echo(str(error) if findings else f"error: {error}", err=True)
            ctx.exit(error.exit_status)
        except (KeyboardInterrupt, click.Abort):
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # What is still buffered would break again when Python closes stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(BROKEN_PIPE)
        except OSError as cause:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            click.echo(f"error: {cause.filename or 'the output'}: {cause.strerror or cause}", err=True)
            ctx.exit(CommentaryError.exit_status)
        return result


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Exit status: 0 done, 1 the posts have errors, 2 it could not be done.
Shell completion (bash; zsh and fish alike):
    eval "$(_COMMENTARY_COMPLETE=bash_source commentary)"
""",
)
@click.version_option(__version__, prog_name="commentary")
def main() -> None:
    """Write, check and build a blog of curated news commentary.

    \b
    Example:
        commentary new --topic diplomacy --title "Only a pause" --url https://herald.example/a
        commentary check
        commentary build
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that cannot show “ or 한 stops nothing
