"""The ledger's files: read back as written, merged by git, hostile lines and all."""

from __future__ import annotations

import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commentary.errors import CorpusError, OutputError
from commentary.ledger import Judgement, Ledger, Link, LinkState, Memento, Retrieval, Segment, read_ledger, write_ledger
from commentary.ledger.failures import read_failures, write_failures
from commentary.ledger.files import write_file
from commentary.work.record import record
from tests.factories import REPOSITORY, make_ledger, make_post, make_settings, make_source

URL = "https://herald.example/2025/04/29/tariff-pause"
DAY = datetime(2025, 4, 30, 9, tzinfo=UTC)
SHARD = "data/ledger/2025.json"


def facts(url: str = URL) -> list[Retrieval | Memento | Link | Judgement]:
    """One of each kind."""
    verdict = {"excerpt": "b" * 64, "snapshot": "a" * 64, "matcher": 1, "verdict": "verbatim", "share": 0.1}
    return [
        Retrieval(url=url, at=DAY, how="supplied", sha256="a" * 64, words=800),
        Memento(url=url, at=DAY, uri=f"https://archive.example/web/20250430090000/{url}"),
        Link(url=url, at=DAY, state=LinkState.MOVED, target="https://herald.example/b"),
        Judgement(url=url, at=DAY, **verdict, segments=(Segment(exact="“한 말\n둘", prefix="x"),), omitted=("y",)),
    ]


def findings_of(folder: Path, text: str | bytes) -> list[tuple[int, str]]:
    """Line and rule of what is wrong with a ledger file of this text."""
    file = folder / SHARD
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    _, findings = read_ledger(folder, folder)
    assert all(f.path == SHARD and "\n" not in f.message and f.message.isprintable() for f in findings)
    return [(f.line, f.rule) for f in findings]


def test_a_ledger_is_read_back_as_written(tmp_path: Path) -> None:
    ledger = Ledger.of(facts())

    assert write_ledger(tmp_path, ledger)
    assert read_ledger(tmp_path, tmp_path) == (ledger, [])


def test_writing_what_is_there_changes_no_file(tmp_path: Path) -> None:
    write_ledger(tmp_path, Ledger.of(facts()))
    before = (tmp_path / SHARD).stat().st_mtime_ns

    assert not write_ledger(tmp_path, Ledger.of(reversed(facts())))
    assert (tmp_path / SHARD).stat().st_mtime_ns == before


def test_a_new_fact_adds_a_line_and_touches_no_other(tmp_path: Path) -> None:
    write_ledger(tmp_path, Ledger.of(facts()))
    before = (tmp_path / SHARD).read_text("utf-8").splitlines()
    write_ledger(tmp_path, Ledger.of([*facts(), *facts("https://z.example/")]))
    after = (tmp_path / SHARD).read_text("utf-8").splitlines()

    assert (len(after) - len(before), [line for line in before if line not in after]) == (4, [])
    assert json.loads("\n".join(after))[-1] == {}


def test_a_fact_lies_in_the_file_of_its_year(tmp_path: Path) -> None:
    write_ledger(tmp_path, Ledger.of([*facts(), Link(url=URL, at=DAY.replace(year=2026), state=LinkState.DEAD)]))

    assert sorted(p.name for p in (tmp_path / "data/ledger").iterdir()) == ["2025.json", "2026.json"]
    assert read_ledger(tmp_path, tmp_path)[0].sources[URL].link == Link(
        url=URL, at=DAY.replace(year=2026), state=LinkState.DEAD
    )


def test_git_merges_two_branches_that_learned_different_things(tmp_path: Path) -> None:
    """Both sides of every hunk are kept; of two states of one link the later counts."""
    content = tmp_path / "content"

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def commit(ledger: Ledger) -> None:
        write_ledger(content, ledger)
        git("add", ".")
        git("commit", "-m", "learn")

    git("init")
    (tmp_path / ".gitattributes").write_bytes((REPOSITORY / ".gitattributes").read_bytes())
    base = Ledger.of(facts())
    commit(base)
    git("branch", "other")
    commit(base.learning([*facts("https://b.example/"), Link(url=URL, at=DAY.replace(day=1), state=LinkState.LIVE)]))
    git("checkout", "other")
    later = Link(url=URL, at=DAY.replace(month=6), state=LinkState.DEAD)
    commit(base.learning([*facts("https://c.example/"), later]))
    git("merge", "main")
    merged, findings = read_ledger(content, tmp_path)

    assert findings == []
    assert set(merged.sources) == {URL, "https://b.example/", "https://c.example/"}
    assert merged.sources[URL].link == later


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "<<<<<<< HEAD",
        '{"url": "https://a.example/", "fact": "rumour", "at": "2025-01-01T00:00:00Z"},',
        '{"url": "javascript:alert(1)", "fact": "link", "at": "2025-01-01T00:00:00Z", "state": "live"},',
        '{"url": "https://a.example/", "fact": "link", "at": "2025-01-01", "state": "live"},',
        '{"url": "https://a.example/", "fact": "link", "at": "2025-01-01T00:00:00Z", "state": "undead"},',
        '{"url": "https://a.example/", "fact": "memento", "at": "2025-01-01T00:00:00Z", "uri": "data:text/html,x"},',
        '{"url": "https://a.example/", "fact": "link", "at": "2025-01-01T00:00:00Z", "state": "live", "extra": 1},',
        '{"url": "https://a.example/\\ud800", "fact": "link", "at": "2025-01-01T00:00:00Z", "state": "live"},',
        '{"url": "https://a.example/", "fact": "link", "at": "0001-01-01T00:00:00+14:00", "state": "live"},',
        '{"url": "https://a.example/", "fact": "link", "at": "9999-12-31T23:59:59Z", "state": "live"},',
        json.dumps(facts()[3].model_dump(mode="json") | {"share": float("nan")}),
        json.dumps(facts()[3].model_dump(mode="json") | {"fragment": 'text=" onclick="x'}),
        json.dumps(facts()[3].model_dump(mode="json") | {"verdict": "unchecked"}),
        json.dumps(facts()[0].model_dump(mode="json") | {"words": -1}),
        json.dumps(facts()[0].model_dump(mode="json") | {"sha256": "../../etc/passwd"}),
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_a_line_that_is_no_fact_is_a_finding_at_its_line_and_the_others_count(tmp_path: Path, line: str) -> None:
    good = facts()[0].model_dump_json()

    assert findings_of(tmp_path, f"[\n{good},\n{line}\n{{}}\n]\n") == [(3, "ledger")]
    assert URL in read_ledger(tmp_path, tmp_path)[0].sources
    assert findings_of(tmp_path, f"[\n{good},\n{{}}\n]\n") == []


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\0" * 100, b"\x1b[31m"], ids=["utf-16", "nul", "escape"])
def test_bytes_that_are_no_text_are_findings(tmp_path: Path, data: bytes) -> None:
    assert findings_of(tmp_path, data) == [(1, "ledger")]


def test_a_folder_and_a_link_in_a_files_place_are_findings(tmp_path: Path) -> None:
    folder = tmp_path / "data/ledger"
    (folder / "2024.json").mkdir(parents=True)
    (folder / "2025.json").symlink_to("/dev/zero")

    assert [f.rule for f in read_ledger(tmp_path, tmp_path)[1]] == ["ledger", "ledger"]


def test_nothing_is_written_over_what_cannot_be_read(tmp_path: Path) -> None:
    """Else the lines that are no facts would be lost."""
    settings = make_settings(tmp_path)
    findings_of(settings.content, "[\nnot a fact\n]\n")

    with pytest.raises(CorpusError, match=r"content/data/ledger/2025.json:2: error ledger"):
        record(settings, facts())
    assert (settings.content / SHARD).read_text("utf-8") == "[\nnot a fact\n]\n"


def test_failures_are_read_back_and_the_file_goes_with_the_last(tmp_path: Path) -> None:
    failures = {URL: [DAY.date()]}
    write_failures(tmp_path, failures)

    assert read_failures(tmp_path, tmp_path) == failures
    write_failures(tmp_path, {})
    assert (read_failures(tmp_path, tmp_path), list((tmp_path / "data/ledger").iterdir())) == ({}, [])


@pytest.mark.parametrize("text", ["[]", '{"a": "b"}', '{"a": ["yesterday"]}', "{" * 10_000, ""])
def test_failures_that_cannot_be_counted_are_a_finding(tmp_path: Path, text: str) -> None:
    (tmp_path / "data/ledger").mkdir(parents=True)
    (tmp_path / "data/ledger/failures.json").write_text(text)

    with pytest.raises(CorpusError, match=r"data/ledger/failures.json:1: error ledger"):
        read_failures(tmp_path, tmp_path)


def test_ten_thousand_sources_are_read_in_a_second(tmp_path: Path) -> None:
    posts = [make_post(sources=(make_source(url=f"https://herald.example/{n}"),)) for n in range(10_000)]
    write_ledger(tmp_path, make_ledger(*posts))
    began = time.process_time()
    ledger, findings = read_ledger(tmp_path, tmp_path)

    assert (len(ledger.sources), findings) == (10_000, [])
    assert time.process_time() - began < 1


def test_what_several_commands_learn_at_once_is_all_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the reading and the writing of one, no other reads."""

    def write_late(content: Path, ledger: Ledger) -> bool:
        time.sleep(0.02)
        return write_ledger(content, ledger)

    monkeypatch.setattr("commentary.work.record.write_ledger", write_late)
    settings = make_settings(tmp_path)
    settings.content.mkdir(exist_ok=True)
    urls = {f"{URL}-{number}" for number in range(8)}
    with ThreadPoolExecutor(len(urls)) as pool:
        assert all(pool.map(lambda url: record(settings, facts(url)), sorted(urls)))

    assert set(read_ledger(settings.content, tmp_path)[0].sources) == urls


def test_a_ledger_that_cannot_be_written_leaves_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / SHARD).mkdir(parents=True)
    with pytest.raises(OutputError, match="nothing was recorded"):
        write_file(tmp_path / SHARD, b"[]")

    assert [file.name for file in (tmp_path / SHARD).parent.iterdir()] == ["2025.json"]
