"""What each kind of page weighs, the heaviest of its kind: `python -m benchmarks.weight`. Exit 1 over a budget."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from benchmarks.serving import serving
from lxml import html
from playwright.sync_api import sync_playwright
from tests.browser.conftest import launch
from tests.factories import REPOSITORY

from commentary.plan import Kind
from commentary.settings import load_settings
from commentary.work.prepare import survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from playwright.sync_api import Browser

# Bytes as `gzip -9` leaves them. A new connection brings about 14 kB in its first round trip (RFC 6928).
POST_BUDGET = 14_000  # HTML and CSS
STREAM_BUDGET = 30_000
SCRIPT_BUDGET = 8_000  # of any page but search


@dataclass(frozen=True, slots=True)
class Weight:
    """A page and what it loads, in bytes as `gzip -9` leaves them."""

    kind: Kind
    address: str
    html: int
    css: int
    js: int

    def over(self) -> str | None:
        """The budget that it breaks, in words."""
        budget = {Kind.POST: POST_BUDGET, Kind.STREAM: STREAM_BUDGET}.get(self.kind)
        if budget and self.html + self.css > budget:
            return f"{self.address}: HTML and CSS are {self.html + self.css} bytes, over {budget}"
        if self.kind is not Kind.SEARCH and self.js > SCRIPT_BUDGET:
            return f"{self.address}: scripts are {self.js} bytes, over {SCRIPT_BUDGET}"
        return None


def heaviest(folder: Path, kinds: Mapping[str, Kind]) -> list[Weight]:
    """The heaviest page of each kind of a built site. `kinds`: path below `folder` -> kind."""
    found: dict[Kind, Weight] = {}
    for path, kind in kinds.items():
        page = weigh(folder, path, kind)
        if kind not in found or sum_of(page) > sum_of(found[kind]):
            found[kind] = page
    return list(found.values())


def sum_of(page: Weight) -> int:
    """All its bytes."""
    return page.html + page.css + page.js


def weigh(folder: Path, path: str, kind: Kind) -> Weight:
    """A page of a built site, with the style sheets and scripts that it names."""
    text = (folder / path).read_bytes()
    tree = html.fromstring(text)
    sheets = tree.xpath("//link[@rel='stylesheet']/@href")
    scripts = modules(folder, tree.xpath("//script/@src"))
    return Weight(
        kind=kind,
        address="/" + path.removesuffix("index.html"),
        html=compressed(text),
        css=sum(compressed((folder / sheet.lstrip("/")).read_bytes()) for sheet in sheets),
        js=sum(compressed((folder / script.lstrip("/")).read_bytes()) for script in scripts),
    )


def modules(folder: Path, named: Iterable[str]) -> set[str]:
    """The addresses of scripts and of all that they import."""
    todo, found = list(named), set[str]()
    while todo:
        address = todo.pop()
        if address not in found:
            found.add(address)
            text = (folder / address.lstrip("/")).read_text("utf-8")
            todo += [urljoin(address, name) for name in re.findall(r'\bfrom "(\./[^"]+)"', text)]
    return found


def compressed(content: bytes) -> int:
    """The length that `gzip -9` leaves."""
    return len(gzip.compress(content, 9, mtime=0))


def page_kinds() -> dict[str, Kind]:
    """Every HTML page of the shipped site -> its kind."""
    plan = survey(load_settings(REPOSITORY / "pelicanconf.py"), now=datetime.now(UTC)).plan
    return {page.path: page.kind for page in plan if page.path.endswith(".html")}


def main() -> None:
    """Build the shipped site, print the table, and the budgets that are broken."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        command = [sys.executable, "-m", "commentary", "build", "--output", folder]
        subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
        weights = heaviest(Path(folder), page_kinds())
        print(
            f"{'kind':14}{'HTML':>7}{'CSS':>7}{'JS':>7}{'sum':>7} kB{'requests':>9}{'foreign':>8}{'nodes':>7}  heaviest"
        )
        broken = []
        with serving(Path(folder)) as base:
            browser = launch(playwright)
            for page in weights:
                requests, foreign, nodes = load(browser, base, page.address)
                sizes = "".join(f"{size / 1000:7.1f}" for size in (page.html, page.css, page.js, sum_of(page)))
                print(f"{page.kind:14}{sizes}   {requests:9}{foreign:8}{nodes:7}  {page.address}")
                broken += [*filter(None, [page.over()]), *([f"{page.address} asks other sites"] if foreign else [])]
            browser.close()
    for line in broken:
        print(f"over budget: {line}", file=sys.stderr)
    sys.exit(bool(broken))


def load(browser: Browser, base: str, address: str) -> tuple[int, int, int]:
    """Open a page: its requests, those of them that leave the site, and its elements."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base + address, wait_until="networkidle")
    nodes = page.evaluate("document.querySelectorAll('*').length")
    page.close()
    return len(asked), sum(not url.startswith(base) for url in asked), nodes


if __name__ == "__main__":
    main()
