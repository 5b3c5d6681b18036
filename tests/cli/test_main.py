"""What all commands have in common: help, errors, exit statuses, and how little they import."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commentary import __version__
from commentary.cli import COMMANDS, main
from tests.cli.running import commentary
from tests.factories import REPOSITORY, write_project
from tests.processes import started, wait_for

if TYPE_CHECKING:
    import click

SCRIPT = Path(sys.executable).with_name("commentary")


def loaded_by(folder: Path, *arguments: str) -> set[str]:
    """The modules that a command imports."""
    program = (
        "import sys, json\nfrom commentary.cli import main\n"
        f"try: main({list(arguments)!r})\n"
        "except SystemExit: pass\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_every_command_is_a_file_with_help_and_an_example() -> None:
    """Its help begins with a sentence and shows how it is called."""
    context = main.make_context("commentary", ["--help"], resilient_parsing=True)
    for name in COMMANDS:
        command: click.Command | None = main.get_command(context, name)

        assert command is not None
        assert command.help
        assert command.help.partition("\n")[0].endswith(".")
        assert f"commentary {name}" in command.help.partition("Example:")[2]


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_names_topics_that_the_shipped_site_declares(arguments: list[str], tmp_path: Path) -> None:
    """Who tries the first example of all is not to fail."""
    declared = (REPOSITORY / "content/data/topics.yaml").read_text("utf-8")
    examples = commentary(*arguments, folder=tmp_path).stdout.partition("Example:")[2]
    named = re.findall(r"--topic ([a-z-]+)", examples)

    assert named or arguments[0] not in ("--help", "new")
    assert [topic for topic in named if f"\n{topic}:\n" not in declared] == []


def test_help_lists_every_command(tmp_path: Path) -> None:
    result = commentary("--help", folder=tmp_path)

    assert result.exit_code == 0
    assert [
        line.split()[0] for line in result.stdout.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    ] == [*COMMANDS]
    assert "_COMMENTARY_COMPLETE" in result.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"]])
def test_help_is_quick(arguments: list[str]) -> None:
    """Under 0.3 s; the best of five, as other programs run beside the tests."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([SCRIPT, *arguments], capture_output=True, check=True)
        times.append(time.perf_counter() - start)

    assert min(times) < 0.3


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["new", "--topic", "trade", "--title", "A second post", "--url", "https://herald.example/b"],
        ["explain"],
        ["schema"],
        ["--help"],
    ],
)
def test_author_commands_import_no_pelican(arguments: list[str], tmp_path: Path) -> None:
    modules = loaded_by(write_project(tmp_path), *arguments)

    assert "pelican" not in modules
    assert "commentary" in modules


def test_a_build_of_few_posts_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    """Neither what draws a bar, nor what fetches, reads and compares pages of others."""
    modules = loaded_by(write_project(tmp_path), "build")

    assert {"pelican", "commentary.publishing.writing"} <= modules
    assert modules.isdisjoint({"rich.progress", "httpx", "lxml", "rapidfuzz", "ruamel.yaml", "trafilatura", "warcio"})
    assert modules.isdisjoint({"commentary.capture", "commentary.fetching", "commentary.snapshots"})


def test_the_version_is_the_packages(tmp_path: Path) -> None:
    assert commentary("--version", folder=tmp_path).stdout == f"commentary, version {__version__}\n"


@pytest.mark.parametrize("command", ["check", "new"])
def test_no_project_is_one_line(command: str, tmp_path: Path) -> None:
    arguments = ["--topic", "trade", "--title", "T"] if command == "new" else []

    result = commentary(command, *arguments, folder=tmp_path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"error: there is no pelicanconf.py in {tmp_path}; run this in the project's folder, or name it with --settings\n"
    )


def test_settings_are_found_from_a_folder_below(tmp_path: Path) -> None:
    project = write_project(tmp_path)

    assert commentary("check", folder=project / "content/posts").exit_code == 0


def test_settings_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    write_project(tmp_path / "project")

    assert commentary("check", "--settings", "../project/pelicanconf.py", folder=tmp_path / "elsewhere").exit_code == 0


def test_an_unknown_option_exits_2(tmp_path: Path) -> None:
    assert commentary("check", "--nonsense", folder=tmp_path).exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither signal as POSIX has it")
def test_ctrl_c_is_quiet(tmp_path: Path) -> None:
    """Exit status 130, as shells have it, and no traceback."""
    project = write_project(tmp_path, settings="\nimport time\nopen('started', 'w').close()\ntime.sleep(30)\n")
    with started([SCRIPT, "check"], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        wait_for((project / "started").exists, lambda: "the settings are read")
        running.send_signal(signal.SIGINT)
        output = running.communicate(timeout=20)

    assert (running.returncode, output) == (130, ("", ""))


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither signal as POSIX has it")
def test_ctrl_c_ends_the_authors_server_quietly(tmp_path: Path) -> None:
    """What it watches files with would have a line to say."""
    project = write_project(tmp_path)
    command = [SCRIPT, "serve", "--port", "0"]
    with started(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        while "Serving" not in (line := running.stdout.readline()):
            assert line, "the server ends"
        (project / "content/extra").mkdir()
        assert running.stdout.readline(), "the server ends before it has seen a change"
        running.send_signal(signal.SIGINT)
        output, _ = running.communicate(timeout=20)

    assert (running.returncode in (0, 130), output) == (True, "")


def test_a_terminal_without_unicode_stops_nothing(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(
        [SCRIPT, "explain", "excerpt-outweighs-remark"], cwd=tmp_path, env=environment, capture_output=True, check=True
    )

    assert b"`[\\u2026]`" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipe")
def test_a_reader_that_goes_away_is_quiet(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [SCRIPT, "explain"], cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)

    assert (done.returncode, done.stderr) == (141, "")
