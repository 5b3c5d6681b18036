"""
Time `commentary new FILE --url URL` as an author waits for it: a whole process each time.

    python -m benchmarks.new [TURNS]

Every page of tests/fixtures/pages is captured, scaffolded, saved and verified into a project of its own.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.factories import REPOSITORY, write_project

PAGES = REPOSITORY / "tests/fixtures/pages"


def main(turns: int = 3) -> None:
    """Print the median and the slowest of all runs, in seconds of wall time."""
    pages = sorted(PAGES.glob("*.html"))
    passages = json.loads((PAGES / "passages.json").read_text("utf-8"))
    seconds = []
    for _ in range(turns):
        with tempfile.TemporaryDirectory() as folder:
            project = write_project(Path(folder), {})
            for page in pages:
                url = f"https://herald.example/{page.stem}"
                passage = next((entry["text"] for entry in passages if entry["file"] == page.name), None)
                command = [sys.executable, "-m", "commentary", "new", str(page), "--url", url, "--topic", "trade"]
                command += ["--excerpt", passage] if passage else []
                start = time.perf_counter()
                done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
                seconds.append(time.perf_counter() - start)
                assert Path(project, done.stdout.strip()).is_file(), done.stderr
    print(f"{len(seconds)} posts: median {statistics.median(seconds):.2f} s, slowest {max(seconds):.2f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
