"""A build as its user starts it, and what every failure must look like."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from tests.hardening.started import run

if TYPE_CHECKING:
    from pathlib import Path

FINDING = re.compile(r"\S[^:\n]*:\d+: (error|warning|note) [a-z-]+: \S.*")
ONE_LINE = re.compile(r"error: [^\n]+\n")
FULL = "/dev/full"


HARMLESS = {"SITEURL", "RELEASE", "SOURCE_DATE_EPOCH", "PATH", "AWS_CA_BUNDLE"}  # which the interpreter does not heed


def commentary(project: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command of ours in a process of its own; `environment` is laid over this one's."""
    own = options.pop("environment", {})
    kept = {name: value for name, value in (os.environ | own).items() if value is not None}
    if not options and own.keys() <= HARMLESS:
        return run(project, arguments, kept)
    return subprocess.run(
        [sys.executable, "-m", "commentary", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=kept,
        errors="replace",
        **options,
    )


def only_findings(result: subprocess.CompletedProcess[str]) -> list[str]:
    """The findings of a run that refused its posts: lines on stderr and nothing else, status 1."""
    assert result.returncode == 1, result.stderr + result.stdout
    lines = result.stderr.splitlines()
    assert lines
    assert [line for line in lines if not FINDING.fullmatch(line)] == []
    return lines
