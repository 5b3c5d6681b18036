"""One build, and what is said of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from commentary.findings import as_text, count, wants_colour

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Environment

    from commentary.findings import Finding
    from commentary.publishing.last import LastBuild, Written
    from commentary.work.prepare import Prepared


@dataclass(slots=True)
class Build:
    """One build: what was prepared, and what became of the output once that is written."""

    output: Path
    posts: int
    findings: tuple[Finding, ...]
    prepared: Prepared | None = None  # None: there is nothing to write
    last: LastBuild | None = None  # what is known of the files of the output
    env: Environment | None = None  # of the templates, once Pelican has made it
    written: Written | None = None
    notes: list[str] = field(default_factory=list)  # of the run itself, a line each

    @property
    def summary(self) -> str:
        """What was made, in one line."""
        made = self.written
        assert made is not None  # asked only when the build is done
        done = [f"{len(made.changed)} written", f"{made.unchanged} unchanged"]
        if made.removed:
            done.append(f"{len(made.removed)} removed")
        files = len(made.changed) + made.unchanged
        return f"{count(self.posts, 'post')}, {count(files, 'file')} in {self.output} ({', '.join(done)})"


def tell(build: Build) -> None:
    """The findings of a build, and what else it has to say, on stderr."""
    sys.stderr.write("".join(f"{note}\n" for note in build.notes))
    sys.stderr.write(as_text(build.findings, colour=wants_colour(sys.stderr)))
