"""A Chromium for the whole run, a fresh context for each test, and a web server for a folder."""

from __future__ import annotations

import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.whole import Whole, build_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Playwright

# Chromium refuses its sandbox to root, and looks for its maker's servers unless told not to.
FLAGS = ["--disable-gpu", "--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def launch(playwright: Playwright) -> Browser:
    """The Chromium that is installed, else Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    installed = next(filter(None, map(shutil.which, names)), None)
    return playwright.chromium.launch(executable_path=installed, args=FLAGS)


@pytest.fixture(name="browser", scope="session")
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(name="whole", scope="session")
def _whole(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> tuple[str, Whole]:
    """The address of a site with every kind of page, and the site."""
    site = build_whole(tmp_path_factory.mktemp("whole"))
    return serve(site.folder), site


@pytest.fixture(name="page")
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


class _Host(SimpleHTTPRequestHandler):
    """A web host that heeds the first rule of a site's `_headers`, the one for every address."""

    def end_headers(self) -> None:
        rules = Path(self.directory) / "_headers"
        for line in rules.read_text("utf-8").partition("\n\n")[0].splitlines()[1:] if rules.is_file() else ():
            self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Requests are no news to a test."""


@pytest.fixture(name="serve", scope="session")
def _serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on this machine; gives the address of its root, without a slash at its end."""
    servers = []

    def serve(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()
