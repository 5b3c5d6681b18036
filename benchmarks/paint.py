"""When a post paints first over a slow line, with its style sheet as a file and inlined: `python -m benchmarks.paint`."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.serving import serving
from playwright.sync_api import sync_playwright
from tests.browser.conftest import launch
from tests.factories import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FIRST = "/2025/04/30/seoul-condemns-what-nobody-will-punish/"  # the heaviest post
SECOND = "/2025/04/29/putin-says-thank-you/"
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
RUNS = 9
BUDGET = 1000  # ms until a post paints first
PAINT = """() => new Promise(done => new PerformanceObserver((list, observer) => {
    const paint = list.getEntriesByName('first-contentful-paint')[0]
    if (paint) { observer.disconnect(); done(paint.startTime) }
}).observe({type: 'paint', buffered: true}))"""
SHIFT = """() => new Promise(done => {
    let sum = 0
    new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value }))
        .observe({type: 'layout-shift', buffered: true})
    setTimeout(() => done(sum), 300)
})"""


def main() -> None:
    """Print both ways' medians; exit 1 if the site as it is built paints later than the budget, or shifts."""
    with tempfile.TemporaryDirectory() as folder:
        built, inlined = Path(folder, "built"), Path(folder, "inlined")
        command = [sys.executable, "-m", "commentary", "build", "--output", str(built)]
        subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
        shutil.copytree(built, inlined)
        for path in inlined.rglob("*.html"):
            path.write_text(inline(path.read_text("utf-8"), inlined), "utf-8")
        print(
            f"{'style sheet':12} {'first view':>11} {'second':>8} {'shift':>6}   medians of {RUNS}; ms to first paint"
        )
        with sync_playwright() as playwright:
            browser = launch(playwright)
            figures = {name: measured(browser, Path(folder, name)) for name in ("built", "inlined")}
            browser.close()
    for name, (first, second, shift) in figures.items():
        print(f"{'a file' if name == 'built' else name:12} {first:11.0f} {second:8.0f} {shift:6.3f}")
    first, second, shift = figures["built"]
    sys.exit(int(max(first, second) > BUDGET or shift > 0))


def inline(page: str, site: Path) -> str:
    """The page with its style sheet in it, and the sheet's hash in its policy."""
    link = re.search(r'<link rel="stylesheet" href="/([^"]+)">', page)
    if not link:
        return page
    css = (site / link[1]).read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return page.replace(link[0], f"<style>{css}</style>").replace("style-src ", f"style-src 'sha256-{digest}' ")


def measured(browser: Browser, folder: Path) -> tuple[float, float, float]:
    """Medians of the first and of a second page view, in ms, and the largest layout shift."""
    with serving(folder) as base:
        runs = [view_two(browser, base) for _ in range(RUNS)]
    return (
        statistics.median(first for first, _, _ in runs),
        statistics.median(second for _, second, _ in runs),
        max(shift for _, _, shift in runs),
    )


def view_two(browser: Browser, base: str) -> tuple[float, float, float]:
    """Open a post with an empty cache, then another."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", LINE)
    page.goto(base + FIRST)
    first, shift = page.evaluate(PAINT), page.evaluate(SHIFT)
    page.goto(base + SECOND)
    second, shift_then = page.evaluate(PAINT), page.evaluate(SHIFT)
    context.close()
    return first, second, max(shift, shift_then)


if __name__ == "__main__":
    main()
