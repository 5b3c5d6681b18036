"""The whole way of a quotation with real parts: captured, checked, built, followed, drifted, dead, archived."""

from __future__ import annotations

import base64
import threading
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from commentary.cli.serve import Terminal
from commentary.pelican_plugin.workshop import open_workshop
from commentary.settings import load_settings
from commentary.work.preview import Preview
from commentary.work.serve import Server
from tests.cli.running import commentary
from tests.factories import write_project
from tests.fetching.local_server import LocalServer, page, redirect
from tests.work.sources import SENTENCE, ledger_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page, Route

MARK = "rgb(255, 0, 0)"
FILLER = "".join(
    f"<p>Paragraph {number} of the report says what was known of it before that day.</p>" for number in range(150)
)
STORY = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Ministry pauses tariffs for ninety days</title>
<meta property="og:site_name" content="The Herald"><meta property="article:published_time" content="2025-04-29">
<style>::target-text {{ background-color: {MARK} }}</style></head>
<body><h1>Ministry pauses tariffs for ninety days</h1>{FILLER}<p id="quoted">{SENTENCE}</p>{FILLER}</body></html>
"""
PASSAGE = SENTENCE.replace("for ninety days, and then we shall see,”", "[…] and then we shall see,”")
POST = "content/posts/2025/2025-04-30-ministry-pauses-tariffs-for-ninety-days.md"
ADDRESS = "2025/04/30/ministry-pauses-tariffs-for-ninety-days/"
REMARK = """
The ministry calls it relief, but nothing in its notice binds it beyond the summer, so that importers had better plan for
the day after: the notice itself already names it.
"""


@pytest.fixture(name="author_server")
def _author_server() -> Iterator[Callable[[Path], str]]:
    """Serve a project as `commentary serve` does, but for following its files; gives the server's address."""
    servers = []

    def start(folder: Path) -> str:
        file = folder / "pelicanconf.py"
        server = Server(load_settings(file), Preview(lambda: open_workshop(file), Terminal()), 0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://localhost:{server.server_port}"

    yield start
    for server in servers:
        server.preview.close()
        server.shutdown()
        server.server_close()


@pytest.fixture(name="browser_page")
def _browser_page(page: Page) -> Page:
    """The browser's page; `page` is here an answer of the server's."""
    return page


def pixels_of(browser_page: Page, picture: bytes, colour: tuple[int, int, int]) -> int:
    """How many pixels of a PNG have a colour."""
    script = """async ([data, [r, g, b]]) => {
        const image = new Image();
        image.src = "data:image/png;base64," + data;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
        canvas.drawImage(image, 0, 0);
        const { data: rgba } = canvas.getImageData(0, 0, image.width, image.height);
        let count = 0;
        for (let at = 0; at < rgba.length; at += 4)
            count += rgba[at] === r && rgba[at + 1] === g && rgba[at + 2] === b;
        return count;
    }"""
    count: int = browser_page.evaluate(script, [base64.b64encode(picture).decode(), list(colour)])
    return count


def test_a_quotation_goes_the_whole_way(tmp_path: Path, browser_page: Page, serve: Callable[[Path], str]) -> None:
    with LocalServer({"/story": page(STORY)}) as source:
        url = f"{source.url}/story"
        memento = f"{source.url}/web/20250430010000/{url}"
        source.answers |= {f"/save/{url}": redirect(memento), memento.removeprefix(source.url): page(STORY)}
        settings = f'COMMENTARY_ALLOW_LOOPBACK = True\nCOMMENTARY_WAYBACK = "{source.url}"\n'
        folder = write_project(tmp_path / "project", {}, settings=settings)

        def run(*arguments: str, status: int = 0) -> str:
            result = commentary(*arguments, folder=folder)
            assert result.exit_code == status, result.output
            return result.stdout

        # An author gives a link and a passage, and adds a remark.
        run("new", url, "--topic", "trade", "--excerpt", PASSAGE, "--now", "2025-04-30")
        post = folder / POST
        post.write_text(post.read_text("utf-8").replace("  # guess, confirm\n", "") + REMARK, "utf-8")
        assert run("check", "--strict", "--now", "2025-05-01") == ""
        run("build", "--now", "2025-05-01")

        # A reader opens the post, follows the link, and sees the quoted words.
        site = serve(folder / "output")
        reader = browser_page
        reader.goto(f"{site}/{ADDRESS}")
        assert reader.locator(".verdict").inner_text() == "✓ Checked word for word against the source on 30 April 2025"
        assert reader.get_by_role("link", name="archived copy").get_attribute("href") == memento
        link = reader.get_by_role("link", name="read it at 127.0.0.1")
        assert link.get_attribute("data-originalurl") == url
        assert link.get_attribute("data-versionurl") == memento
        assert link.get_attribute("data-versiondate") == "2025-04-30"
        link.click()
        reader.wait_for_url(f"{url}**")
        reader.wait_for_timeout(300)  # the search for the words begins after loading
        box = reader.locator("#quoted").bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= reader.viewport_size["height"]
        assert pixels_of(reader, reader.screenshot(), (255, 0, 0)) > 500

        # The article changes.
        assert "live: " in run("links", "--now", "2025-05-01")
        source.answers["/story"] = page(STORY.replace("then we shall see", "then we shall act"))
        assert "[-see-]{+act+}," in run("verify", "--refresh", "--now", "2025-05-02", status=1)
        assert run("links", "--now", "2025-05-02").startswith(f"drifted: {url}")
        before = ledger_of(folder)
        run("links", "--now", "2025-05-02")
        assert ledger_of(folder) == before

        # The author stands by what it said; then it dies, and after three days the page leads to the archived copy.
        post.write_text(post.read_text("utf-8").replace("topics:", "allow: altered\ntopics:"), "utf-8")
        del source.answers["/story"]
        states = [run("links", "--now", f"2025-05-{day:02}").partition(":")[0] for day in (3, 3, 4, 5, 6)]
        assert states == ["failing", "failing", "failing", "dead", "dead"]
        run("build", "--now", "2025-05-06")
        reader.goto(f"{site}/{ADDRESS}")
        assert "it is no longer at 127.0.0.1" in reader.locator(".attribution").inner_text()
        reader.get_by_role("link", name="read the archived copy of 30 April 2025").click()
        reader.wait_for_url(f"{memento}**")
        assert reader.locator("#quoted").inner_text() == SENTENCE


@pytest.fixture(name="desk")
def _desk(tmp_path: Path, browser_page: Page, author_server: Callable[[Path], str]) -> Iterator[tuple[Page, Path]]:
    """The author's desk to which the bookmarklet has brought a passage, and the project's folder.

    The source has the strictest policy that a page can have: a navigation is all it takes.
    """
    policy = "Content-Security-Policy: default-src 'none'; connect-src 'none'; form-action 'none'\r\n"
    with LocalServer({"/story": page(STORY, headers=policy)}) as source:
        folder = write_project(tmp_path / "project", {}, settings="COMMENTARY_ALLOW_LOOPBACK = True\n")
        home = author_server(folder)
        browser_page.goto(f"{home}/author/")
        bookmarklet = browser_page.get_by_role("link", name="Quote this").get_attribute("href") or ""
        browser_page.goto(f"{source.url}/story")
        browser_page.evaluate("getSelection().selectAllChildren(document.querySelector('#quoted'))")
        browser_page.evaluate(f"() => {{ {unquote(bookmarklet.removeprefix('javascript:'))} }}")
        browser_page.wait_for_url(f"{home}/author/#**")
        browser_page.get_by_text("This would be the post:").wait_for()
        yield browser_page, folder


def test_the_bookmarklet_brings_a_passage_to_the_authors_desk(desk: tuple[Page, Path]) -> None:
    author, folder = desk
    assert SENTENCE in author.locator("#proposal").inner_text()
    assert author.locator("#verdict").inner_text() == "verbatim"

    author.get_by_label("Topics").fill("trade")
    author.get_by_role("button", name="Write the post").click()
    author.get_by_text("Written: content/posts/").wait_for()

    (post,) = (folder / "content/posts").rglob("*.md")
    assert f"> {SENTENCE}" in post.read_text("utf-8")


def test_a_proposal_that_comes_late_does_not_hide_that_the_post_is_written(desk: tuple[Page, Path]) -> None:
    """Leaving a field asks for one, and a click on the button leaves the field."""
    author, _ = desk
    late: list[Route] = []
    author.route("**/author/proposal", lambda route: late.append(route))  # noqa: PLW0108 - it is given attributes
    author.get_by_label("Topics").fill("trade")
    author.get_by_role("button", name="Write the post").click()
    author.get_by_text("Written: content/posts/").wait_for()

    with author.expect_response("**/author/proposal") as response:
        for route in late:
            route.continue_()
    response.value.finished()
    author.wait_for_timeout(200)  # the page would show it by now

    assert author.locator("#state").inner_text().startswith("Written: content/posts/")
    assert not author.get_by_role("button").is_visible()
