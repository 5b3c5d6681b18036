import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.factories import POST, write_project


@pytest.fixture(name="project")
def _project(tmp_path):
    return write_project(tmp_path / "project")


@pytest.fixture(name="served")
def _served(project):
    """`commentary serve` on a free port: its address, and what it says on the terminal so far."""
    log = project / "terminal"
    command = [sys.executable, "-u", "-m", "commentary", "serve", "--port", "0"]
    with log.open("w") as out, subprocess.Popen(command, cwd=project, stdout=out, stderr=out) as process:
        wait_for(lambda: "Serving" in log.read_text(), log)
        yield re.search(r"http://localhost:\d+", log.read_text())[0], log
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in (0, 130)
    assert "Traceback" not in log.read_text()


def wait_for(condition, log, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def test_a_saved_post_shows_in_the_open_page_and_a_broken_one_on_the_terminal(project, served, page):
    """The page reloads itself; while a post is broken the last good page stays, and mending it goes on."""
    address, log = served
    post = project / "content/posts/2025-04-30-tariff-pause.md"
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{address}/2025/04/30/tariff-pause/")
    time.sleep(0.5)  # the watcher starts after the first build

    post.write_text(POST.replace("only a pause", "saved again"))
    expect(page.locator("h1")).to_contain_text("saved again", timeout=30_000)

    post.write_text(POST.replace("topics: [trade]", "topics: [trad]"))
    wait_for(lambda: "the last good site is still served" in log.read_text(), log)
    assert "undeclared-topic" in log.read_text()
    assert not (project / "output").exists()  # a site for the public is not mixed with one for this machine
    assert "saved again" in page.reload().text()

    post.write_text(POST.replace("only a pause", "mended"))
    expect(page.locator("h1")).to_contain_text("mended", timeout=30_000)
    assert messages == []


def test_addresses_are_answered_as_a_web_host_would(served):
    address, _ = served

    def ask(path):
        try:
            with urllib.request.urlopen(address + path) as answer:
                return answer.status, answer.headers["Content-Type"], answer.url
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers["Content-Type"], answer.url

    assert ask("/topics") == (200, "text/html; charset=utf-8", f"{address}/topics/")
    assert ask("/feed.atom")[:2] == (200, "application/xml; charset=utf-8")  # else Chromium shows it unstyled
    assert ask("/nothing/")[:2] == (404, "text/html; charset=utf-8")
    assert ask("/.commentary.json")[0] == 404
    assert ask("/../pelicanconf.py")[0] == 404


def test_a_taken_port_is_told_in_one_line(project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = subprocess.run(
            [sys.executable, "-m", "commentary", "serve", "--port", str(port)],
            cwd=project, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    assert result.returncode == 2
    assert re.fullmatch(rf"error: port {port} cannot be listened on .*PORT={port + 1} make serve\n", result.stderr)
