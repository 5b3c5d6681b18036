"""`commentary snapshot` and `commentary links` over a real server: what is missing is saved, what is gone is told."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.running import commentary
from tests.fetching.local_server import page, redirect
from tests.work.sources import PATH, STORY, ledger_of, quoted_page

if TYPE_CHECKING:
    from pathlib import Path


def rows(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """What a command prints with --json."""
    found: list[dict[str, Any]] = json.loads(commentary(*arguments, "--json", folder=folder).stdout)
    assert found
    return found


def test_what_is_missing_is_saved_once(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        (first,), asked = rows(tmp_path, "snapshot"), len(server.requests)
        before = ledger_of(tmp_path)
        (second,) = rows(tmp_path, "snapshot")

        assert (first["copy"], first["memento"], first["note"]) == ("fetched", None, None)
        assert (second, len(server.requests), ledger_of(tmp_path)) == (first, asked, before)


def test_the_archive_is_asked_only_where_no_memento_is_known(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        memento = f"{server.url}/web/20250430010000/{server.url}/a"
        server.answers[f"/save/{server.url}/a"] = redirect(memento)
        (first,), (second,) = rows(tmp_path, "snapshot", "--archive"), rows(tmp_path, "snapshot", "--archive")
        saves = [request for request in server.requests if request.startswith("GET /save/")]

    assert (first["memento"], second["memento"], len(saves)) == (memento, memento, 1)


def test_what_cannot_be_saved_is_told_and_claimed_nowhere(tmp_path: Path) -> None:
    with quoted_page(tmp_path, a=page("no", status="404 Not Found")):
        result = commentary("snapshot", "--archive", folder=tmp_path)

    assert result.exit_code == 1
    assert ": no copy (" in result.stdout
    assert "the server answered 404" in result.stdout
    assert ledger_of(tmp_path) == ""


def test_links_keep_to_one_request_a_host_and_name_the_posts(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        (row,) = rows(tmp_path, "links")

    assert (row["state"], row["failures"], row["posts"]) == ("live", 0, [PATH])
    assert [request.split()[0] for request in server.requests] == ["HEAD", "GET"]


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """A look that is in the journal of the day is not taken again; a torn last line is."""
    with quoted_page(tmp_path) as server:
        url = f"{server.url}/a"
        journal = tmp_path / ".cache/links-2025-05-01.jsonl"
        journal.parent.mkdir(exist_ok=True)
        seen = {"state": "refused", "status": 403}
        journal.write_text(json.dumps({url: seen}) + '\n{"https://torn.exa')
        (resumed,), asked = rows(tmp_path, "links", "--now", "2025-05-01"), len(server.requests)
        (fresh,) = rows(tmp_path, "links", "--now", "2025-05-01")

    assert (resumed["state"], asked, journal.exists()) == ("refused", 0, False)
    assert fresh["state"] == "live"


@pytest.mark.parametrize("broken", ["", "links.json"], ids=["no folder", "no file"])
def test_what_was_seen_is_recorded_though_the_cache_cannot_be_written(tmp_path: Path, broken: str) -> None:
    """The cache is only ever a saving."""
    with quoted_page(tmp_path):
        cache = tmp_path / ".cache"
        if broken:
            (cache / broken).mkdir(parents=True)
        else:
            shutil.rmtree(cache, ignore_errors=True)
            cache.write_text("a file where the folder should be")
        result = commentary("links", "--now", "2025-05-01", folder=tmp_path)
        again = commentary("links", "--now", "2025-05-01", folder=tmp_path)

    assert (result.exit_code, result.stdout.partition(":")[0], result.stderr) == (0, "live", "")
    assert (again.exit_code, again.stdout) == (0, result.stdout)
    assert '"state": "live"' in ledger_of(tmp_path)


def test_a_gone_source_is_no_failure_of_the_command_but_a_damaged_ledger_is(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        del server.answers["/a"]
        statuses = [commentary("links", "--now", f"2025-05-{day:02}", folder=tmp_path).exit_code for day in (1, 2, 3)]
        (tmp_path / "content/data/ledger/2025.json").write_text("[\nno fact\n")
        damaged = commentary("links", folder=tmp_path)

    assert statuses == [0, 0, 0]
    assert damaged.exit_code == 1


def test_failures_are_days_and_are_forgotten_when_the_page_answers(tmp_path: Path) -> None:
    counted = tmp_path / "content/data/ledger/failures.json"
    with quoted_page(tmp_path) as server:
        del server.answers["/a"]
        days = [rows(tmp_path, "links", "--now", f"2025-05-{day:02}")[0] for day in (1, 1, 2)]
        assert [(day["state"], day["failures"]) for day in days] == [("failing", 1), ("failing", 1), ("failing", 2)]
        assert '"link"' not in ledger_of(tmp_path)
        server.answers["/a"] = page(STORY)
        rows(tmp_path, "links", "--now", "2025-05-03")
        assert not counted.exists()
        del server.answers["/a"]
        assert rows(tmp_path, "links", "--now", "2025-05-04")[0]["failures"] == 1
        assert '"state": "live"' in ledger_of(tmp_path)


def test_one_who_is_offline_learns_nothing_of_the_sources(tmp_path: Path) -> None:
    """On any number of days; and who is online again on the same day looks anew."""
    with quoted_page(tmp_path):
        pass  # the server is gone
    for day in (1, 2, 3, 4):
        result = commentary("links", "--now", f"2025-05-{day:02}", folder=tmp_path)
        assert (result.exit_code, "nobody answered, of 1 host; check that you are online" in result.stderr) == (2, True)

    assert ledger_of(tmp_path) == ""
    assert not (tmp_path / "content/data/ledger/failures.json").exists()
    assert not list((tmp_path / ".cache").glob("links-*"))


def test_a_dead_source_breaks_no_build(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        del server.answers["/a"]
        for day in (1, 2, 3):
            rows(tmp_path, "links", "--now", f"2025-05-{day:02}")

    assert '"state": "dead"' in ledger_of(tmp_path)
    assert commentary("build", "--now", "2025-05-04", folder=tmp_path).exit_code == 0
    (built,) = (tmp_path / "output").glob("2025/04/30/*/index.html")
    assert "it is no longer found there" in built.read_text("utf-8")


def test_the_address_of_a_private_page_is_not_sent_to_a_public_archive(tmp_path: Path) -> None:
    with quoted_page(tmp_path):
        settings = tmp_path / "pelicanconf.py"
        public = "COMMENTARY_WAYBACK = 'https://archive.example'\n"
        settings.write_text(settings.read_text("utf-8") + public, "utf-8")
        (row,) = rows(tmp_path, "snapshot", "--archive")

    assert (row["copy"], row["memento"]) == ("fetched", None)
    assert "which no web archive can reach" in row["note"]
