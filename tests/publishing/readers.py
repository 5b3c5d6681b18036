"""
Readers of a site that is served: they visit pages over HTTP all the while and write down what they got.

A visit is one page, every style sheet, script and icon that it links, then the page again, asked for only if it has
changed. Each reader keeps its connection alive. Run by `watch` in a process of its own.
"""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commentary.publishing.manifest import content_hash
from tests.processes import LONG, started

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARK = re.compile(rb"release-(\d+)")  # stands in every page: which release it is of
HOST = "remarks.example"
READERS = 4
PAUSE = 0.02  # seconds between the visits of a reader, so that a publishing gets its share of the machine
_LINKED = re.compile(rb'(?:href|src)="/(theme/[^"]+)"')


@dataclass
class Reader:
    """What one reader met; hashes of bodies stand for them."""

    pages: dict[tuple[str, int], str] = field(default_factory=dict)  # path and release -> hash
    assets: dict[tuple[str, int], str] = field(default_factory=dict)  # path and the release of the page that links it
    walk: list[int] = field(default_factory=list)  # releases, in the order in which they were met
    errors: list[str] = field(default_factory=list)  # answers that never came, or not with 200
    mixes: list[str] = field(default_factory=list)  # pages of several releases at once, or two texts of one
    answers: int = 0

    def read(self, port: int, paths: Sequence[str], done: threading.Event) -> None:
        """Visit the pages in turn until it is done."""
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        while not done.is_set():
            for path in paths:
                self._visit(line, path)
                done.wait(PAUSE)
        line.close()

    def _visit(self, line: http.client.HTTPConnection, path: str) -> None:
        first = self._ask(line, path)
        if first is None:
            return
        body, tag = first
        release = self._page(path, body)
        if release is None:
            return
        for asset in dict.fromkeys(link.decode() for link in _LINKED.findall(body)):
            if got := self._ask(line, asset):
                self._note(self.assets, asset, release, got[0])
        again = self._ask(line, path, tag)
        if again and again[0]:
            self._page(path, again[0])
        elif again:
            self._met(release)  # so the server says

    def _ask(
        self, line: http.client.HTTPConnection, path: str, tag: str | None = None
    ) -> tuple[bytes, str | None] | None:
        address = "/" + path.removesuffix("index.html")
        try:
            line.request("GET", address, headers={"Host": HOST} | ({"If-None-Match": tag} if tag else {}))
            answer = line.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as cause:
            self.errors.append(f"{address}: {cause!r}")
            line.close()
            return None
        self.answers += 1
        if answer.status != (304 if tag and not body else 200):
            self.errors.append(f"{address}: {answer.status}")
            return None
        return body, answer.getheader("ETag")

    def _page(self, path: str, body: bytes) -> int | None:
        marks = {int(mark) for mark in MARK.findall(body)}
        if len(marks) != 1:
            self.mixes.append(f"{path}: of the releases {sorted(marks)}")
            return None
        release = marks.pop()
        self._note(self.pages, path, release, body)
        self._met(release)
        return release

    def _note(self, noted: dict[tuple[str, int], str], path: str, release: int, body: bytes) -> None:
        digest = content_hash(body)
        if noted.setdefault((path, release), digest) != digest:
            self.mixes.append(f"{path}: two texts in release {release}")

    def _met(self, release: int) -> None:
        if self.walk[-1:] != [release]:
            self.walk.append(release)

    @property
    def told(self) -> dict[str, Any]:
        """All of it, as JSON has it."""
        listed = {name: [[*key, value] for key, value in getattr(self, name).items()] for name in ("pages", "assets")}
        return vars(self) | listed


@contextmanager
def watch(port: int, paths: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
    """Let readers read; what each of them met is in the list when they are done."""
    met: list[dict[str, Any]] = []
    command = [sys.executable, "-m", "tests.publishing.readers", str(port), *paths]
    root = Path(__file__).resolve().parents[2]
    with started(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield met
        met += json.loads(process.communicate(timeout=LONG)[0])


def main() -> None:
    """Read until stdin is closed."""
    port, *paths = sys.argv[1:]
    done = threading.Event()
    readers = [Reader() for _ in range(READERS)]
    shift = len(paths) // READERS  # so that they are on different pages
    threads = [
        threading.Thread(target=reader.read, args=(int(port), paths[n * shift :] + paths[: n * shift], done))
        for n, reader in enumerate(readers)
    ]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    done.set()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps([reader.told for reader in readers]))


if __name__ == "__main__":
    main()
