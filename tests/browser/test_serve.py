"""`commentary serve` in a real browser: the open page follows what its author saves."""

import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import AXE, CHECK
from tests.factories import POST, REPOSITORY, write_project
from tests.processes import LONG, started, wait_for

PATH = "content/posts/2025-04-30-tariff-pause.md"
ADDRESS = "2025/04/30/tariff-pause/"
BROKEN = POST.replace("topics: [trade]", "topics: [trad]")


@pytest.fixture(name="project")
def _project(tmp_path):
    shutil.copytree(REPOSITORY / "theme", tmp_path / "project/theme")
    return write_project(tmp_path / "project", settings="\nTHEME = 'theme'\n")


@contextmanager
def serving(project):
    """`commentary serve` on a free port: its address, and the file with what it says on the terminal."""
    log = project / "terminal"
    command = [sys.executable, "-u", "-m", "commentary", "serve", "--port", "0"]
    with log.open("w") as out, started(command, cwd=project, stdout=out, stderr=out) as process:
        wait_for(lambda: "Serving" in log.read_text(), log.read_text)
        yield re.search(r"http://localhost:\d+", log.read_text())[0], log
        process.send_signal(signal.SIGINT)
        assert process.wait(LONG) in (0, 130)
    assert "Traceback" not in log.read_text()


@pytest.fixture(name="served")
def _served(project):
    with serving(project) as served:
        yield served


@pytest.fixture(name="opened")
def _opened(served, page):
    """The post's page in a browser that has nothing to complain of."""
    messages = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{served[0]}/{ADDRESS}")
    yield page
    assert messages == []


def shows(found, text):
    expect(found).to_contain_text(text, timeout=30_000)


def test_a_saved_post_shows_in_the_open_page_and_a_broken_one_leaves_it_with_the_error(project, served, opened):
    """The page reloads itself; while a post is broken the last good page stays, and mending it goes on."""
    _, log = served
    post = project / PATH
    alert = opened.get_by_role("alert")

    post.write_text(POST.replace("only a pause", "saved again"))
    shows(opened.locator("h1"), "saved again")
    expect(alert).to_have_count(0)

    post.write_text(BROKEN)
    shows(alert, f"{PATH}:4 undeclared-topic 'trad' is no declared topic")
    wait_for(lambda: "the last good site is still served" in log.read_text(), log.read_text)
    assert f"{PATH}:4: error undeclared-topic" in log.read_text()
    assert not (project / "output").exists()  # a site for the public is not mixed with one for this machine
    opened.reload()
    assert "saved again" in opened.content()
    shows(alert, "An error; you see the last good site")

    post.write_text(POST.replace("only a pause", "mended"))
    shows(opened.locator("h1"), "mended")
    expect(alert).to_have_count(0, timeout=30_000)


def test_a_saved_template_and_style_sheet_show_in_the_open_page(project, opened):
    sheet, template = project / "theme/static/css/post.css", project / "theme/templates/post.html"

    sheet.write_text(sheet.read_text() + "h1 { color: rgb(1, 2, 3) }\n")
    expect(opened.locator("h1")).to_have_css("color", "rgb(1, 2, 3)", timeout=30_000)

    text = template.read_text()
    template.write_text(text.replace("{% block content %}", "{% block content %}\n<p id=new>New</p>"))
    shows(opened.locator("#new"), "New")

    template.write_text(text.replace("{% block content %}", "{% block content %}\n{{ misspelt }}"))
    shows(opened.get_by_role("alert"), "template 'misspelt' is undefined")
    expect(opened.locator("#new")).to_be_visible()

    template.write_text(text)
    expect(opened.locator("#new")).to_have_count(0, timeout=30_000)
    expect(opened.get_by_role("alert")).to_have_count(0, timeout=30_000)


def test_a_page_that_is_not_there_shows_as_soon_as_it_is(project, served, page):
    """It opens as one that is not there, and is there without anybody loading it again."""
    address, answers = f"{served[0]}/2025/04/30/new/", []
    page.on("response", lambda answer: answers.append(answer.status) if answer.url == address else None)
    page.goto(address)
    assert "The tariff pause is new" not in page.content()
    (project / "content/posts/2025-04-30-new.md").write_text(POST.replace("only a pause", "new"))

    shows(page.locator("h1"), "The tariff pause is new")
    assert (answers[0], answers[-1]) == (404, 200)


def test_any_number_of_pages_can_be_open_and_one_that_was_out_of_sight_is_told_what_it_missed(project, served, browser):
    """A browser opens six connections to a host, and a page that listens keeps one of them."""
    with closing(browser.new_context()) as context:
        context.add_init_script("Object.defineProperty(document, 'hidden', { get: () => !window.seen })")
        pages = [context.new_page() for _ in range(8)]
        for page in pages:
            page.goto(f"{served[0]}/{ADDRESS}")
        (project / PATH).write_text(POST.replace("only a pause", "saved again"))
        pages[0].evaluate("seen = true; document.dispatchEvent(new Event('visibilitychange'))")

        shows(pages[0].locator("h1"), "saved again")
        assert "only a pause" in pages[1].locator("h1").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_errors_can_be_read_by_all_and_put_away_with_the_keyboard(project, opened, scheme):
    """They take the focus from nobody, are the first thing that a tab reaches, and come back when there are others."""
    opened.emulate_media(color_scheme=scheme)
    link = opened.locator("main a").first
    link.focus()
    (project / PATH).write_text(BROKEN)
    shows(opened.get_by_role("alert"), "undeclared-topic")
    expect(link).to_be_focused()
    opened.wait_for_function("document.querySelector('#commentary-faults').getBoundingClientRect().top > 0")
    opened.evaluate(AXE)
    assert opened.evaluate(CHECK.replace("document, ", "'#commentary-faults', ")) == []

    opened.reload()
    shows(opened.get_by_role("alert"), "undeclared-topic")
    opened.keyboard.press("Tab")
    expect(opened.get_by_role("alert")).to_be_focused()
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.body.style.marginBlockEnd") != ""  # what it covers can be scrolled clear of it
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("alert")).to_have_count(0)
    expect(opened.locator("body")).not_to_have_attribute("style", re.compile("margin"))

    (project / PATH).write_text(BROKEN.replace("trad]", "tr]"))
    shows(opened.get_by_role("alert"), "'tr' is no declared topic")


def test_a_site_that_begins_with_an_error_shows_it_and_mends_itself(project, page):
    (project / PATH).write_text(BROKEN)
    with serving(project) as (address, log):
        assert page.goto(f"{address}/{ADDRESS}").status == 500
        shows(page.locator("li"), f"{PATH}:4 undeclared-topic")
        assert "nothing can be served yet" in log.read_text()
        page.evaluate(AXE)
        assert page.evaluate(CHECK) == []
        (project / PATH).write_text(POST)
        shows(page.locator("h1"), "only a pause")


def test_a_taken_port_is_told_in_one_line(project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = subprocess.run(
            [sys.executable, "-m", "commentary", "serve", "--port", str(port)],
            cwd=project, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    assert result.returncode == 2
    assert re.fullmatch(rf"error: port {port} cannot be listened on .*PORT={port + 1} make serve\n", result.stderr)
