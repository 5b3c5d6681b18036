"""Make the README's pictures from the shipped site: `make pictures`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import launch
from tests.factories import REPOSITORY

PICTURES = REPOSITORY / ".pictures"
# name -> (address, width, height, colour scheme)
SHOTS = {
    "stream": ("/", 1280, 900, "light"),
    "post-dark": ("/2025/04/30/seoul-condemns-what-nobody-will-punish/", 1280, 900, "dark"),
    "post-phone": ("/2025/04/30/seoul-condemns-what-nobody-will-punish/", 390, 844, "light"),
}


def main() -> None:
    """Build the site into a folder of its own, and take a picture of each place."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "commentary", "build", "--output", folder], cwd=REPOSITORY, check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        take(f"http://127.0.0.1:{server.server_address[1]}", PICTURES)
        server.shutdown()
        server.server_close()


def take(base: str, into: Path) -> None:
    """Save every picture of the site at `base` as PNG files in `into`."""
    into.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, (address, width, height, scheme) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(base + address)
            page.screenshot(path=into / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
