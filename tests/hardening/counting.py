"""`commentary` that says how many pages it rendered: on its last line of stderr."""

import sys

from commentary.cli import main
from commentary.publishing import writing

rendered = 0
spread = writing.spread


def counted(function, pages, jobs):
    """Note how many pages are about to be rendered."""
    global rendered  # noqa: PLW0603 - one command a process
    rendered += len(pages)
    return spread(function, pages, jobs)


if __name__ == "__main__":
    writing.spread = counted
    try:
        main(prog_name="commentary")
    finally:
        sys.stderr.write(f"rendered {rendered}\n")
