import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest

from commentary.errors import CorpusError
from commentary.pelican_plugin import engine
from commentary.pelican_plugin.workshop import open_workshop
from tests.factories import POST, REPOSITORY, write_project
from tests.folders import tree
from tests.processes import LONG, started, wait_for

PELICAN = [sys.executable, "-m", "pelican"]
COMMENTARY = [sys.executable, "-m", "commentary"]

BROKEN = {
    "syntax.md": POST.replace("topics: [trade]", "topics: [trade"),
    "key.md": POST.replace("  headline:", "  headlin:"),
    "date.md": POST.replace("date: 2025-04-30 09:00", "date: 2025-02-31"),
    "twin.md": POST.replace("date: 2025-04-30 09:00", "date: 2025-04-30 18:00\nslug: tariff-pause").replace(
        "/tariff-pause", "/another"
    ),
    "topic.md": POST.replace("[trade]", "[trad]"),
}


def run(command, folder, **environment):
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=120, env=os.environ | environment
    )


@pytest.fixture(name="project")
def _project(tmp_path):
    return write_project(tmp_path / "project")


@pytest.mark.parametrize(
    "command", [[*PELICAN, "content", "-q"], [*COMMENTARY, "build"]], ids=["pelican -q", "commentary build"]
)
def test_five_broken_posts_are_five_findings_and_the_old_site_stays(project, command):
    """All of them in one run, exit status 1, no traceback, the output byte for byte as before."""
    assert run(command, project).returncode == 0
    before = tree(project / "output")
    for name, text in BROKEN.items():
        (project / "content/posts" / name).write_text(text)

    result = run(command, project)

    assert result.returncode == 1
    errors = [line for line in result.stderr.splitlines() if ": error " in line]
    found = sorted(line.split(": ")[1] for line in errors)
    assert found == [
        "error bad-value",
        "error collision",
        "error front-matter",
        "error undeclared-topic",
        "error unknown-key",
    ]
    assert "Traceback" not in result.stdout + result.stderr
    assert tree(project / "output") == before


def test_pelican_and_the_command_build_identical_trees(tmp_path):
    """Over the shipped content, with the command's folder, time zone, locale, umask and hash seed all different."""
    there = tmp_path / "다른 곳"
    there.mkdir()
    for name in ("content", "theme", "pelicanconf.py"):
        subprocess.run(["cp", "-r", str(REPOSITORY / name), str(there)], check=True)
    one = run([*PELICAN, "content", "-o", str(tmp_path / "a")], REPOSITORY)
    before = os.umask(0o077)
    try:
        other = run(
            [*COMMENTARY, "build", "--output", str(tmp_path / "b")],
            there,
            TZ="Pacific/Auckland",
            LANG="C",
            LC_ALL="C",
            PYTHONHASHSEED="7",
        )
    finally:
        os.umask(before)

    assert (one.returncode, other.returncode) == (0, 0), one.stderr + other.stderr
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("COMMENTARY_EMIAL = 'x'", "COMMENTARY_EMIAL"),
        ("DELETE_OUTPUT_DIRECTORY = True", "DELETE_OUTPUT_DIRECTORY"),
        ("PELICAN_CLASS = 'pelican.Pelican'", "PELICAN_CLASS"),
    ],
)
def test_settings_that_cannot_be_right_stop_pelican_before_it_writes(tmp_path, line, told):
    project = write_project(tmp_path, settings=f"\n{line}\n")

    result = run([*PELICAN, "content"], project)

    assert result.returncode != 0
    assert told in result.stderr + result.stdout
    assert not (project / "output").exists()


def test_a_content_folder_that_is_not_there_is_a_finding(tmp_path):
    """Of a build as of a check; Pelican's own settings would end in a traceback."""
    project = write_project(tmp_path)
    shutil.rmtree(project / "content")
    finding = "content:1: error unreadable: there is no such folder; create it, or mend PATH in the settings"

    for start in (engine.build, open_workshop):
        with pytest.raises(CorpusError, match=f"^{finding}$"):
            start(project / "pelicanconf.py")


def test_a_template_that_uses_an_unknown_name_is_a_finding_at_its_line(tmp_path):
    project = write_project(tmp_path)
    theme = project / "theme"
    subprocess.run(["cp", "-r", str(REPOSITORY / "theme"), str(theme)], check=True)
    (project / "pelicanconf.py").write_text(
        (project / "pelicanconf.py").read_text().replace(repr(str(REPOSITORY / "theme")), "'theme'")
    )
    (theme / "templates/404.html").write_text(
        '{% extends "base.html" %}\n{% block content %}\n{{ misspelt }}\n{% endblock content %}\n'
    )

    result = run([*COMMENTARY, "build"], project)

    assert result.returncode == 1
    assert result.stderr.startswith("theme/templates/404.html:3: error template: 'misspelt' is undefined")
    assert not list((project / "output").rglob("*.html"))


@pytest.mark.parametrize("listening", [False, True], ids=["pelican -r", "pelican -r -l"])
def test_autoreload_survives_a_broken_post_and_ends_in_the_right_site(project, listening):
    """A rebuild that fails says so, keeps the site, and waits for the post to be mended."""
    post = project / "content/posts/2025-04-30-tariff-pause.md"
    page = project / "output/2025/04/30/tariff-pause/index.html"
    log = project / "log"
    command = [*PELICAN, "-r", *(["-l", "-p", str(free_port())] if listening else [])]
    with (
        log.open("w") as out,
        started(command, cwd=project, stdout=out, stderr=out, start_new_session=True) as process,
    ):
        try:
            wait_for(page.exists, log.read_text)
            time.sleep(1)  # the watcher starts after the build
            before = page.read_bytes()
            post.write_text(POST.replace("topics: [trade]", "topics: [trad]"))
            wait_for(lambda: "undeclared-topic" in log.read_text(), log.read_text)
            assert page.read_bytes() == before
            time.sleep(1)
            post.write_text(POST.replace("only a pause", "mended"))
            wait_for(lambda: b"mended" in page.read_bytes(), log.read_text)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(LONG)
    assert "Traceback" not in log.read_text()
    assert log.read_text().count("undeclared-topic") == 1


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def test_any_number_of_processes_builds_the_same_bytes(tmp_path):
    for jobs in ("1", "2"):
        built = run([*COMMENTARY, "build", "--no-cache", "--jobs", jobs, "--output", str(tmp_path / jobs)], REPOSITORY)
        assert built.returncode == 0, built.stderr

    assert tree(tmp_path / "1") == tree(tmp_path / "2")
