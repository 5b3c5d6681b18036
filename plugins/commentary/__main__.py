"""`commentary` and `python -m commentary`: the command line, and out at once."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from commentary.cli import main
from commentary.errors import CommentaryError


def run() -> None:
    """Run the command that was asked for."""
    gc.set_threshold(1_000_000, 20, 20)  # what is imported stays: to look through it but once takes 35 ms
    try:
        main(prog_name="commentary")
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            # All is written and closed. Python would now take a million objects apart, a tenth of a build's time.
            with suppress(OSError, ValueError, AttributeError):  # a stream that is closed has nothing to say
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(end.code or 0)
        raise
    except OSError as cause:  # `--help` and `--version` are told before any command runs
        sys.stderr.write(f"error: the output: {cause.strerror or cause}\n")
        sys.stderr.flush()
        os._exit(CommentaryError.exit_status)  # what is still to be told would fail again


if __name__ == "__main__":
    run()
