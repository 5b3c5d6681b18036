"""The commands about sources say which posts they had to leave out."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import commentary
from tests.work.sources import PATH, POST, quoted_page

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "content/posts/2025-04-29-b.md"
FAULT = f"{BROKEN}:2: error unknown-key: titel; did you mean title?\n"
COMMANDS = pytest.mark.parametrize("name", ["verify", "links", "snapshot"])


def spoil(folder: Path) -> None:
    text = POST.replace("title:", "titel:").replace("SERVER/a", "https://herald.example/b")
    (folder / BROKEN).write_text(text, "utf-8")


@COMMANDS
def test_a_post_that_cannot_be_read_is_told_and_the_others_are_done(tmp_path: Path, name: str) -> None:
    """Else one that is broken would count as verified."""
    with quoted_page(tmp_path) as server:
        assert (whole := commentary(name, folder=tmp_path)).exit_code == 0
        spoil(tmp_path)
        result = commentary(name, folder=tmp_path)

    assert (result.exit_code, result.stderr, result.stdout) == (1, FAULT, whole.stdout)
    assert server.url in whole.stdout or PATH in whole.stdout


@COMMANDS
def test_of_a_post_that_was_not_named_nothing_is_told(tmp_path: Path, name: str) -> None:
    with quoted_page(tmp_path):
        spoil(tmp_path)
        result = commentary(name, "tariff-pause", folder=tmp_path)

    assert (result.exit_code, result.stderr) == (0, "")


def test_what_is_printed_for_programs_stays_json(tmp_path: Path) -> None:
    with quoted_page(tmp_path):
        spoil(tmp_path)
        result = commentary("links", "--json", folder=tmp_path)

    assert (result.exit_code, result.stderr, len(json.loads(result.stdout))) == (1, FAULT, 1)


@COMMANDS
def test_without_content_there_is_nothing_to_be_done(tmp_path: Path, name: str) -> None:
    with quoted_page(tmp_path):
        shutil.rmtree(tmp_path / "content")
        result = commentary(name, folder=tmp_path)

    assert result.exit_code == 1
    assert result.stderr.startswith("content:1: error unreadable: there is no such folder")


def test_days_of_failure_are_not_forgotten_for_a_post_that_is_broken(tmp_path: Path) -> None:
    counted = tmp_path / "content/data/ledger/failures.json"
    with quoted_page(tmp_path) as server:
        del server.answers["/a"]
        commentary("links", "--now", "2025-05-01", folder=tmp_path)
        before = counted.read_text("utf-8")
        (tmp_path / PATH).write_text((tmp_path / PATH).read_text("utf-8").replace("title:", "titel:"), "utf-8")
        commentary("links", "--now", "2025-05-02", folder=tmp_path)
        assert counted.read_text("utf-8") == before
        (tmp_path / PATH).unlink()
        commentary("links", "--now", "2025-05-03", folder=tmp_path)

    assert not counted.exists()
