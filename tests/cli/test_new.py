"""`commentary new`: a post from the author's words to a clean check, offline."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import commentary
from tests.factories import write_project

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = (
    *("new", "--topic", "trade", "--publication", "The Herald", "--url", "https://herald.example/b"),
    *("--headline", "Ministry: tariffs “paused” #2", "--now", "2025-05-02 10:30"),
)
PATH = "content/posts/2025/2025-05-02-ministry-tariffs-paused-2.md"
PASSAGE = "“The pause is *a pause*,” he said. […]\n\nNothing — and nobody — [at the ministry] contradicted him."
UNCHECKED = f"{PATH}:11: warning unchecked: this excerpt is not compared with the source yet; run `commentary verify`\n"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return write_project(tmp_path)


def test_a_scaffold_passes_check_once_the_remark_is_written(folder: Path) -> None:
    """Until then `check` says that the remark is missing, and nothing else."""
    result = commentary(*GIVEN, "--excerpt", "-", folder=folder, stdin=PASSAGE)
    before = commentary("check", "--now", "2025-05-02 10:30", folder=folder)
    post = folder / PATH
    post.write_text(
        post.read_text("utf-8") + "\nSo it is a pause, as we said it would be, and it ends in June.\n", "utf-8"
    )
    after = commentary("check", "--now", "2025-05-02 10:30", folder=folder)

    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{PATH}\n", "")
    assert before.stdout == (
        f"{PATH}:10: warning no-remark: the post has no remark; write your own words before or after the excerpt\n"
        f"{UNCHECKED}"
    )
    assert (after.exit_code, after.stdout) == (0, UNCHECKED)


def test_the_remark_may_stand_above_the_excerpt(folder: Path) -> None:
    commentary(*GIVEN, "--excerpt", PASSAGE, folder=folder)
    post = folder / PATH
    remark = "So it is a pause, as we said it would be, and it ends in June:"
    post.write_text(post.read_text("utf-8").replace("---\n\n>", f"---\n{remark}\n\n>"), "utf-8")

    assert commentary("check", folder=folder).stdout.replace(":12:", ":11:") == UNCHECKED


def test_an_existing_post_is_never_overwritten(folder: Path) -> None:
    commentary(*GIVEN, folder=folder)
    (folder / PATH).write_text("mine", "utf-8")

    result = commentary(*GIVEN, folder=folder)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"error: {folder / PATH} exists and stays as it is; give another --slug or --date\n"
    assert (folder / PATH).read_text("utf-8") == "mine"


def test_title_slug_date_language_and_status_can_be_given(folder: Path) -> None:
    more = ("--title", "제목: 하나", "--slug", "one", "--date", "2025-05-01", "--lang", "ko", "--status", "draft")

    result = commentary(*GIVEN, *more, folder=folder)

    assert result.stdout == "content/posts/2025/2025-05-01-one.md\n"
    text = (folder / "content/posts/2025/2025-05-01-one.md").read_text("utf-8")
    assert text.splitlines()[1:6] == [
        'title: "제목: 하나"',
        "date: 2025-05-01 12:00",
        "topics: [trade]",
        "status: draft",
        "lang: ko",
    ]


def test_from_a_folder_below_the_path_is_one_that_can_be_opened(folder: Path) -> None:
    result = commentary(*GIVEN, folder=folder / "content/data")

    assert result.stdout == f"{folder / PATH}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--topic", "trad", "--title", "T"),
            "'trad' is no declared topic; did you mean trade? Or add to content/data/topics.yaml: trad: {name: Trad}",
        ),
        (
            ("--topic", "trade", "--title", "T", "--url", "ftp://herald.example", "--published", "2025-02-31"),
            (
                "--url: 'ftp://herald.example' is not a web address; it must begin with https:// or http://; "
                "--published: '2025-02-31' is no day of the calendar; correct it"
            ),
        ),
        (("--topic", "trade"), "the post has no title; give --title or --headline"),
        (
            ("--topic", "trade", "--title", "T", "--date", "soon"),
            "'soon' is not a date; write 2025-04-30 or 2025-04-30 09:00; give another --slug or --date",
        ),
        (
            ("--topic", "trade", "--title", "T", "--now", "soon"),
            "now: 'soon' is not a date; write 2025-04-30 or 2025-04-30 09:00",
        ),
    ],
)
def test_what_could_not_be_read_again_is_not_written(arguments: tuple[str, ...], message: str, folder: Path) -> None:
    before = sorted(folder.rglob("*"))

    result = commentary("new", *arguments, folder=folder)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"error: {message}\n")
    assert sorted(folder.rglob("*")) == before


def test_edit_opens_the_editor(folder: Path) -> None:
    """The editor may be a command with arguments; the path is printed before it opens."""
    editor = folder / "editor.sh"
    editor.write_text('#!/bin/sh\nprintf "\\nMy own words.\\n" >> "$2"\n', "utf-8")
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)

    result = commentary(*GIVEN, "--edit", folder=folder, VISUAL=f"{editor} -w")

    assert (result.exit_code, result.stdout) == (0, f"{PATH}\n")
    assert (folder / PATH).read_text("utf-8").endswith("\nMy own words.\n")


def test_an_editor_that_fails_is_one_line_and_the_post_stays(folder: Path) -> None:
    result = commentary(*GIVEN, "--edit", folder=folder, VISUAL="no-such-editor")

    assert (result.exit_code, result.stdout) == (2, f"{PATH}\n")
    assert result.stderr.endswith("; the post is written and waits for another editor\n")
    assert result.stderr.count("\n") == 1
    assert (folder / PATH).is_file()


def test_input_that_is_not_utf_8_is_one_line(folder: Path) -> None:
    result = commentary(*GIVEN, "--excerpt", "-", folder=folder, stdin=b"caf\xe9")

    assert (result.exit_code, result.stderr) == (2, "error: standard input is not UTF-8 at byte 3; convert it first\n")


@pytest.mark.parametrize(
    "others",
    [{}, {"pbpaste": "no program", "wl-paste": "#!/bin/sh\nexec /bin/sleep 60\n"}],
    ids=["without others", "with one that does not run and one that hangs"],
)
def test_the_passage_may_come_from_the_clipboard(
    folder: Path, monkeypatch: pytest.MonkeyPatch, others: dict[str, str]
) -> None:
    """From whichever program of the system gives it, here one that we put on the PATH; without one, in one line.

    `wl-paste` waits for ever for a display that is gone; then the next one is asked.
    """
    programs = folder / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr("commentary.cli.new.PATIENCE", 0.5)

    def put(name: str, script: str) -> None:
        (programs / name).write_text(script, "utf-8")
        (programs / name).chmod(0o755)

    for name, script in others.items():
        put(name, script)
    without = commentary(*GIVEN, "--clipboard", folder=folder)
    put("xclip", "#!/bin/sh\necho 'We will pause.'\n")
    given = commentary(*GIVEN, "--clipboard", folder=folder)

    assert (without.exit_code, without.stderr.count("\n")) == (2, 1)
    assert given.exit_code == 0
    assert "> We will pause.\n" in (folder / PATH).read_text("utf-8")
