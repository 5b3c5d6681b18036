"""`commentary check`: the findings on stdout, the rest on stderr, the verdict as exit status."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

from tests.cli.running import commentary
from tests.factories import POST, write_project

if TYPE_CHECKING:
    from pathlib import Path

NAME = "2025-04-30-tariff-pause.md"
PATH = f"content/posts/{NAME}"
SILENT_POST = POST[: POST.index("The ministry calls")] + POST[POST.index("> “We") : POST.index("So importers")]
NO_REMARK = "the post has no remark; write your own words before or after the excerpt"


def project(folder: Path, post: str = POST, **more: object) -> Path:
    """A project whose one post is `post`."""
    return write_project(folder, {NAME: post}, **more)


def test_a_valid_project_has_no_findings(tmp_path: Path) -> None:
    result = commentary("check", folder=project(tmp_path))

    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no findings in 1 post\n")


def test_a_warning_is_told_and_exits_0(tmp_path: Path) -> None:
    result = commentary("check", folder=project(tmp_path, SILENT_POST))

    assert result.exit_code == 0
    assert result.stdout == f"{PATH}:11: warning no-remark: {NO_REMARK}\n"
    assert result.stderr == "1 warning in 1 post\n"


def test_strict_fails_on_a_warning(tmp_path: Path) -> None:
    folder = project(tmp_path, SILENT_POST)

    assert commentary("check", "--strict", folder=folder).exit_code == 1


def test_an_excused_post_is_silent(tmp_path: Path) -> None:
    folder = project(tmp_path, SILENT_POST.replace("topics:", "allow: no-remark\ntopics:"))

    assert commentary("check", "--strict", folder=folder).exit_code == 0


def test_the_settings_make_a_warning_an_error(tmp_path: Path) -> None:
    folder = project(tmp_path, SILENT_POST, settings='\nCOMMENTARY_SEVERITIES = {"no-remark": "error"}\n')

    assert commentary("check", folder=folder).exit_code == 1


def test_faults_of_all_posts_come_in_one_run(tmp_path: Path) -> None:
    """Five posts, five faults, none of them hides another and none is a traceback."""
    posts = {
        "2025-04-01-syntax.md": POST.replace("topics: [trade]", "topics: [trade"),
        "2025-04-02-key.md": POST.replace("publication:", "publicaton:"),
        "2025-04-03-day.md": POST.replace("date: 2025-04-30 09:00", "date: 2025-02-31"),
        "2025-04-04-topic.md": POST.replace("[trade]", "[trad]"),
        "a/2025-04-30-twice.md": POST,
        "b/2025-04-30-twice.md": POST.replace("topics:", "allow: source-already-quoted\ntopics:"),
    }

    result = commentary("check", folder=write_project(tmp_path, posts))

    assert result.exit_code == 1
    assert [line.partition(": ")[2].split(":")[0] for line in result.stdout.splitlines()] == [
        "error front-matter",
        "error unknown-key",
        "error bad-value",
        "error undeclared-topic",
        "error collision",
    ]
    assert result.stderr == "5 errors in 6 posts\n"


def test_json_is_all_that_stdout_holds(tmp_path: Path) -> None:
    result = commentary("check", "--format", "json", folder=project(tmp_path, SILENT_POST))

    assert json.loads(result.stdout) == [
        {"path": PATH, "line": 11, "severity": "warning", "rule": "no-remark", "message": NO_REMARK}
    ]


def test_github_gets_workflow_commands(tmp_path: Path) -> None:
    result = commentary("check", "--format", "github", folder=project(tmp_path, SILENT_POST))

    assert result.stdout == f"::warning file={PATH},line=11,title=no-remark::{NO_REMARK}\n"


def test_now_decides_what_is_held(tmp_path: Path) -> None:
    folder = project(tmp_path)

    held = commentary("check", "--now", "2025-04-30 08:59", folder=folder)
    posted = commentary("check", "--now", "2025-04-30 09:00", folder=folder)

    assert held.stdout == (
        f"{PATH}:3: note held: the post is held until 2025-04-30 09:00 (Asia/Seoul); date it earlier to show it now\n"
    )
    assert posted.stdout == ""


def test_fix_mends_shows_the_diff_and_then_checks(tmp_path: Path) -> None:
    """What is mended is no finding any more; every byte that needs no mending stays."""
    post = POST.replace("The tariff pause is only a pause", "Tariffs: only a pause").replace("[trade]", "[new-topic]")
    post = post.replace("topics:", "allow: unchecked\ntopics:")
    folder = project(tmp_path, post.replace("\n", "\r\n"))
    topics = (folder / "content/data/topics.yaml").read_bytes()

    result = commentary("check", "--fix", folder=folder)

    assert (result.exit_code, result.stdout) == (0, "")
    assert "-title: Tariffs: only a pause" in result.stderr
    assert '+title: "Tariffs: only a pause"' in result.stderr
    assert "+new-topic: {name: New topic}\n" in result.stderr
    mended = post.replace("Tariffs: only a pause", '"Tariffs: only a pause"').replace("\n", "\r\n")
    assert (folder / PATH).read_bytes() == mended.encode()
    assert (folder / "content/data/topics.yaml").read_bytes() == topics + b"new-topic: {name: New topic}\n"


def test_fix_leaves_alone_what_needs_nothing(tmp_path: Path) -> None:
    result = commentary("check", "--fix", folder=project(tmp_path))

    assert result.stderr == "no findings in 1 post\n"


def texts(folder: Path) -> dict[Path, bytes]:
    """Every file but the cache, which is only a saving."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".cache" not in path.parts}


def test_without_fix_nothing_is_written(tmp_path: Path) -> None:
    folder = project(tmp_path, POST.replace("[trade]", "[new-topic]"))
    before = texts(folder)

    assert commentary("check", folder=folder).exit_code == 1
    assert texts(folder) == before


def test_drafts_are_checked_when_asked_for(tmp_path: Path) -> None:
    folder = project(tmp_path, SILENT_POST.replace("topics:", "status: draft\ntopics:"))

    assert commentary("check", folder=folder).stdout == ""
    assert "no-remark" in commentary("check", "--drafts", folder=folder).stdout


def test_shares_tell_how_much_each_post_quotes(tmp_path: Path) -> None:
    """Of a source that was not compared yet, nobody can tell."""
    folder = project(tmp_path, POST)
    uncompared = project(tmp_path / "other", POST)
    shutil.rmtree(uncompared / "content/data/ledger")

    told, untold = (
        commentary("check", "--shares", folder=each).stdout.splitlines()[-1] for each in (folder, uncompared)
    )

    assert re.fullmatch(r"content/posts/\S+\.md: 2% of the source, \d+% of the post", told)
    assert re.fullmatch(r"content/posts/\S+\.md: \? of the source, \d+% of the post", untold)
    assert " of the post" not in commentary("check", folder=folder).stdout
