"""A build that has nothing to do prepares nothing, and one that may have something to do never believes so."""

import os
import shutil
import subprocess
import sys
import time

import pytest

from tests.factories import POST, REPOSITORY, write_project

# Builds as the command does, and says whether anything was prepared.
BUILD = """
import sys
from pathlib import Path
from commentary.work.build import tell
from commentary.work.unchanged import last_site
file, given = Path("pelicanconf.py").resolve(), {"COMMENTARY_NOW": sys.argv[1]}
last = last_site(file, given)
if run := last.recall():
    assert "pelican" not in sys.modules
    tell(run)
else:
    from commentary.pelican_plugin import engine
    run = engine.build(file, last, **given)
print("stands" if run.prepared is None else "prepared", run.summary)
"""
NOW = "2025-05-01"
HELD = POST.replace("2025-04-30 09:00", "2025-06-01 09:00").replace("29/tariff", "29/later")


def build(project, now=NOW):
    result = subprocess.run(
        [sys.executable, "-c", BUILD, now], cwd=project, capture_output=True, text=True, check=True, timeout=120
    )
    word, _, summary = result.stdout.partition(" ")
    return word, summary, result.stderr


@pytest.fixture(name="project", scope="module")
def _project(tmp_path_factory):
    """A project with a theme of its own, older than the clock of any file system is coarse."""
    project = write_project(
        tmp_path_factory.mktemp("unchanged") / "p", {"2025-04-30-tariff-pause.md": POST, "2025-06-01-later.md": HELD}
    )
    shutil.copytree(REPOSITORY / "theme", project / "theme")
    settings = project / "pelicanconf.py"
    settings.write_text(settings.read_text().replace(repr(str(REPOSITORY / "theme")), "'theme'"))
    for file in project.rglob("*"):
        os.utime(file, (1_700_000_000.5, 1_700_000_000.5))
    return settle(project)


def settle(project):
    """Build until the site is believed to stand: what was just written is too young at first."""
    deadline = time.monotonic() + 60
    while build(project)[0] != "stands":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return project


def test_what_stands_says_what_the_build_said(project):
    """The same findings and counts; nothing is written."""
    (project / "output/robots.txt").unlink()
    word, summary, told = build(project)
    assert word == "prepared"
    assert "1 written" in summary
    settle(project)

    again, of_all, told_again = build(project)

    assert again == "stands"
    assert of_all.partition(" (")[0] == summary.partition(" (")[0]
    assert "(0 written, " in of_all
    assert told_again == told
    assert "held" in told


def test_a_site_stands_as_soon_as_it_is_built(project):
    """What is too young to be known by its status is known by what it holds."""
    post = project / "content/posts/2025-04-30-tariff-pause.md"
    post.write_text(post.read_text())
    assert build(project)[0] == "prepared"

    assert build(project)[0] == "stands"


def test_what_was_young_is_not_believed_by_its_status_alone(project):
    post = project / "content/posts/2025-04-30-tariff-pause.md"
    before, soon = post.read_text(), time.time() + 600  # by another machine's clock
    os.utime(post, (soon, soon))
    build(project)
    assert build(project)[0] == "stands"

    post.write_text(before.replace("ninety", "twenty"))
    os.utime(post, (soon, soon))

    assert build(project)[0] == "prepared"
    post.write_text(before)
    settle(project)


@pytest.mark.parametrize(
    "path",
    [
        "content/posts/2025-04-30-tariff-pause.md",
        "content/data/topics.yaml",
        "theme/templates/post.html",
        "theme/static/css/post.css",
    ],
)
def test_a_file_that_was_touched_is_looked_at(project, path):
    os.utime(project / path)

    word, _, _ = build(project)

    assert word == "prepared"
    settle(project)


def test_a_page_that_was_touched_stands_if_it_holds_what_it_did(project):
    page = project / "output/index.html"
    before = page.read_bytes()
    os.utime(page)
    assert build(project)[0] == "stands"

    page.write_bytes(before.replace(b"a", b"o", 1))

    assert build(project)[0] == "prepared"
    assert page.read_bytes() == before
    settle(project)


@pytest.mark.parametrize("path", ["content/posts/new.md", "content/extra/new.txt", "theme/static/js/new.js"])
def test_a_new_file_is_looked_at(project, path):
    file = project / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(POST.replace("29/tariff", "29/new").replace("09:00", "10:00") if file.suffix == ".md" else "")
    try:
        assert build(project)[0] == "prepared"
    finally:
        file.unlink()
        settle(project)


def test_a_held_post_is_published_in_its_time(project):
    word, summary, _ = build(project, now="2025-06-02")
    assert (word, summary[:7]) == ("prepared", "2 posts")
    settle(project)


def test_a_held_day_without_a_time_is_published_from_its_beginning(project):
    """Its midday, where it stands among others, is nothing to wait for."""
    post = project / "content/posts/2025-05-20-day.md"
    post.write_text(POST.replace("date: 2025-04-30 09:00\n", "").replace("29/tariff", "29/day"))
    try:
        assert build(project, now="2025-05-19 22:00")[1][:6] == "1 post"
        assert build(project, now="2025-05-19 23:59")[0] == "stands"

        word, summary, _ = build(project, now="2025-05-20 00:00")

        assert (word, summary[:7]) == ("prepared", "2 posts")
    finally:
        post.unlink()
        settle(project)


def test_another_time_zone_is_another_site(project):
    settings = project / "pelicanconf.py"
    before = settings.read_text()
    settings.write_text(before.replace("Asia/Seoul", "Asia/Tokyo"))
    try:
        assert build(project)[0] == "prepared"
    finally:
        settings.write_text(before)
        settle(project)


def test_a_manifest_that_is_gone_is_written_again(project):
    manifest = project / "output/.commentary.json"
    manifest.unlink()

    assert build(project)[0] == "prepared"
    assert manifest.exists()
    settle(project)


def test_a_theme_that_is_gone_is_said(project, tmp_path):
    """Whether the site stands cannot be known then."""
    shutil.move(project / "theme", tmp_path)
    try:
        command = [sys.executable, "-m", "commentary", "build", "--now", NOW]
        result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=120)
    finally:
        shutil.move(tmp_path / "theme", project)
        settle(project)

    assert result.returncode == 2
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
