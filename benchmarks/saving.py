"""
From a file that is saved to the page that shows it: `commentary serve` and a real Chromium.

    python -m benchmarks.saving 10000

prints for a post, a template and a style sheet the median and the worst time until the browser has painted the page
anew. Needs the browser of the tests (`make test` installs one).
"""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.contenders import Commentary
from benchmarks.corpus import Corpus
from playwright.sync_api import sync_playwright
from tests.browser.conftest import launch

if TYPE_CHECKING:
    from playwright.sync_api import Page

TIMES = 10  # of each kind
PAUSES = (2.0, 6.0)  # seconds between two of them, at random: the site is planned anew meanwhile
CHANCE = random.Random(6)
PAINTED = """(token) => {
  const page = getComputedStyle(document.documentElement);
  if (!document.body?.innerText.includes(token) && page.getPropertyValue("--token") !== token) return 0;
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return paint ? performance.timeOrigin + paint.startTime : 0;
}"""


def shown_after(page: Page, file: Path, text: str, token: str) -> float:
    """Milliseconds from the file being saved to the page being painted with it."""
    time.sleep(CHANCE.uniform(*PAUSES))
    start = time.time() * 1000
    file.write_text(text, "utf-8")
    painted = page.wait_for_function(PAINTED, arg=token, timeout=120_000).json_value()
    return float(painted) - start


def measure(project: Path, corpus: Corpus, page: Page, address: str) -> dict[str, list[float]]:
    """The times of each kind of file."""
    item = corpus.item(corpus.size // 2)
    post = project / "content/posts" / item.file
    template, sheet = project / "theme/templates/post.html", project / "theme/static/css/layers.css"
    edits = {
        "post": (post, lambda text, token: f"{text}\n{token}\n"),
        "template": (
            template,
            lambda text, token: text.replace("{% block content %}", f"{{% block content %}}{token}"),
        ),
        "style sheet": (sheet, lambda text, token: f"{text}\n:root {{ --token:{token}; }}\n"),
    }
    page.goto(f"{address}{item.posted:/%Y/%m/%d/}{item.slug}/")
    times: dict[str, list[float]] = {}
    for kind, (file, edited) in edits.items():
        text = file.read_text("utf-8")
        times[kind] = [
            shown_after(page, file, edited(text, f"token{n}{kind[0]}"), f"token{n}{kind[0]}") for n in range(TIMES)
        ]
        file.write_text(text, "utf-8")
    return times


def main(size: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        project, log = Path(folder) / "project", Path(folder) / "log"
        corpus = Corpus(size)
        Commentary(project).write(corpus)
        command = [sys.executable, "-u", "-m", "commentary", "serve", "--port", "0"]
        started = time.monotonic()
        with log.open("w") as out, subprocess.Popen(command, cwd=project, stdout=out, stderr=out) as server:
            try:
                while not (ready := re.search(r"Serving (http://localhost:\d+)", log.read_text())):
                    time.sleep(0.05)
                print(f"{size:,} posts; ready after {time.monotonic() - started:.1f} s without a cache")
                with sync_playwright() as playwright:
                    browser = launch(playwright)
                    times = measure(project, corpus, browser.new_page(), ready[1])
                    browser.close()
                peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{server.pid}/status").read_text())
            finally:
                server.terminate()  # a shell has what it runs in the background ignore an interrupt
        print("saved | median ms | worst ms\n--- | --- | ---")
        for kind, values in times.items():
            print(f"{kind} | {statistics.median(values):.0f} | {max(values):.0f}")
        if peak:
            print(f"the server held at most {int(peak[1]) // 1024} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
