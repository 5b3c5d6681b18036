"""`commentary verify`: from a page of a real server to verdicts, badges and mended posts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from commentary.errors import OutdatedError
from commentary.work.mend import Edit
from tests.cli.running import commentary
from tests.fetching.local_server import page
from tests.work.sources import PATH, POST, SENTENCE, STORY, edit, ledger_of, quoted_page

if TYPE_CHECKING:
    from pathlib import Path


def verdicts(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """The outcomes as JSON, with the exit status that they ask for."""
    result = commentary("verify", "--json", *arguments, folder=folder)
    rows: list[dict[str, Any]] = json.loads(result.stdout)
    assert rows
    failed = any(row["verdict"] in ("altered", "missing") for row in rows)
    in_vain = all(row["verdict"] == "unchecked" and " answered " in (row["note"] or "") for row in rows)
    assert result.exit_code == (1 if failed else 2 if in_vain else 0)
    return rows


def verdict(folder: Path, *arguments: str) -> str:
    """The one outcome's verdict."""
    (row,) = verdicts(folder, *arguments)
    return str(row["verdict"])


def badge(folder: Path) -> str:
    """What the built post says of its excerpt."""
    assert commentary("build", "--now", "2025-05-01", folder=folder).exit_code == 0
    (file,) = (folder / "output").glob("2025/04/30/*/index.html")
    return str(html.fromstring(file.read_bytes()).xpath("normalize-space(//p[contains(@class, 'verdict')])"))


def test_an_excerpt_is_verified_against_the_page_and_offline_ever_after(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        (row,) = verdicts(tmp_path)
        asked = len(server.requests)
        again = verdicts(tmp_path)

    assert (row["verdict"], row["warnings"], row["note"]) == ("verbatim", [], None)
    assert row["fragment"].startswith(":~:text=We%20will%20pause")
    assert 0 < row["share"] < 0.15
    assert (asked, len(server.requests), again) == (1, 1, [row])
    assert verdict(tmp_path) == "verbatim"  # the server is gone


def test_after_one_changed_word_the_badge_is_gone_until_verified_again(tmp_path: Path) -> None:
    with quoted_page(tmp_path):
        assert badge(tmp_path) == "Not yet compared with the source"
        verdict(tmp_path, "--now", "2025-04-30")
        assert badge(tmp_path) == "✓ Checked word for word against the source on 30 April 2025"
        edit(tmp_path, "then we shall see", "then we will see")
        assert badge(tmp_path) == "Not yet compared with the source"
        edit(tmp_path, "then we will see", "then we shall see")
        assert badge(tmp_path) == "✓ Checked word for word against the source on 30 April 2025"


def test_verifying_twice_changes_no_byte_of_the_ledger(tmp_path: Path) -> None:
    with quoted_page(tmp_path):
        verdict(tmp_path)
        before = ledger_of(tmp_path)
        verdict(tmp_path, "--refresh", "--now", "2027-01-01")

    assert before
    assert ledger_of(tmp_path) == before


def test_a_machine_without_the_copy_knows_the_verdict_all_the_same(tmp_path: Path) -> None:
    """Copies are not committed; the ledger is."""
    with quoted_page(tmp_path) as server:
        verdict(tmp_path)
        for file in (tmp_path / ".snapshots").rglob("*.gz"):
            file.unlink()
        asked = len(server.requests)

        assert verdict(tmp_path) == "verbatim"
        assert len(server.requests) == asked


def test_an_altered_excerpt_fails_check_and_shows_what_differs(tmp_path: Path) -> None:
    with quoted_page(tmp_path, POST.replace("ninety days", "sixty days")):
        result = commentary("verify", folder=tmp_path)

    assert result.exit_code == 1
    assert result.stdout == f"{PATH}:11: altered\n  {SENTENCE.replace('ninety', '[-sixty-] {+ninety+}')}\n"
    checked = commentary("check", folder=tmp_path)
    assert (checked.exit_code, f"{PATH}:11: error altered: " in checked.stdout) == (1, True)


def test_the_settings_may_make_an_altered_excerpt_a_warning(tmp_path: Path) -> None:
    with quoted_page(tmp_path, POST.replace("ninety days", "sixty days")):
        commentary("verify", folder=tmp_path)
    with (tmp_path / "pelicanconf.py").open("a") as settings:
        settings.write('COMMENTARY_SEVERITIES = {"altered": "warning"}\n')

    assert commentary("check", folder=tmp_path).exit_code == 0
    assert badge(tmp_path).startswith("≠ Not word for word what the source said on ")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("for sixty long days", "for ninety days"),
        ("We pause", "We will pause"),
        ("We will *pause* all the tariffs", "We will *pause* the tariffs"),
        ("pause the\n> tarifs for", "pause the\n> tariffs for"),
        ("We pause the tariffs, and then", "We will pause the tariffs for ninety days, and then"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_fix_puts_the_sources_words_in_place_and_keeps_the_rest(
    tmp_path: Path, wrong: str, right: str, newline: str
) -> None:
    plain = right.replace("*", "").replace("\n> ", " ")
    assert plain in SENTENCE
    whole = POST.replace(SENTENCE, SENTENCE.replace(plain, right))
    with quoted_page(tmp_path, POST.replace(SENTENCE, SENTENCE.replace(plain, wrong))) as server:
        file = tmp_path / PATH
        file.write_bytes(file.read_text("utf-8").replace("\n", newline).encode())
        result = commentary("verify", "--fix", "--yes", folder=tmp_path)

    assert file.read_bytes().decode() == whole.replace("SERVER", server.url).replace("\n", newline)
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("We will pause the tariffs for ninety days.", "We will pause the tariffs for ninety days,"),
        ("for ninety days, and then we shall see! the minister said", "for ninety days, and then we shall see,” the minister said"),
        ("We shall pause the tariffs for ninety days, and then we shall see the minister said.", "We will pause the tariffs for ninety days, and then we shall see,” the minister said."),
        ("should plan for the tariffs. return in August, the notice says", "should plan for the tariffs to return in August, the notice says"),
        ("should plan for the *tariffs*! return in\n> August, the notice", "should plan for the *tariffs* to return in\n> August, the notice"),
    ],
)  # fmt: skip
def test_fix_takes_no_more_of_the_source_than_the_excerpt_has_there(tmp_path: Path, wrong: str, right: str) -> None:
    with quoted_page(tmp_path, POST.replace(SENTENCE, wrong)) as server:
        result = commentary("verify", "--fix", "--yes", folder=tmp_path)

    assert (tmp_path / PATH).read_text("utf-8") == POST.replace(SENTENCE, right).replace("SERVER", server.url)
    assert result.exit_code == 0


def test_fix_leaves_an_excerpt_of_other_words_to_its_author(tmp_path: Path) -> None:
    with quoted_page(tmp_path, POST.replace(SENTENCE, "hello there")):
        before = (tmp_path / PATH).read_bytes()
        result = commentary("verify", "--fix", "--yes", folder=tmp_path)

    assert (result.exit_code, (tmp_path / PATH).read_bytes()) == (1, before)


def test_fix_mends_one_excerpt_after_the_other_though_the_first_gets_shorter(tmp_path: Path) -> None:
    first = "> “We will pause all of\n> the many tariffs\n> for ninety days, and then we shall see,” the minister said."
    second = "> Whoever plans for the winter should plan for the tariffs to return in August, the notice says."
    with quoted_page(
        tmp_path, POST.replace(f"> {SENTENCE}", f"{first}\n\nAnd then, which few have read to the end:\n\n{second}")
    ):
        result = commentary("verify", "--fix", "--yes", folder=tmp_path)

    text = (tmp_path / PATH).read_text("utf-8")
    assert (result.exit_code, "for the summer should plan" in text, "many" in text) == (0, True, False), result.stderr


def test_what_its_author_saves_while_fix_asks_is_not_lost(tmp_path: Path) -> None:
    with quoted_page(tmp_path, POST.replace("ninety days", "sixty days")):
        outcome = Edit(PATH, (tmp_path / PATH).read_text("utf-8"), "rewritten\n")
        edit(tmp_path, "So importers", "So all importers")
        with pytest.raises(OutdatedError, match="was saved meanwhile"):
            outcome.write(tmp_path)

    assert "So all importers" in (tmp_path / PATH).read_text("utf-8")


def test_a_rewritten_post_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("before")
    (tmp_path / "a.md").chmod(0o600)
    Edit("a.md", "before", "after").write(tmp_path)

    assert ((tmp_path / "a.md").read_text(), (tmp_path / "a.md").stat().st_mode & 0o777) == ("after", 0o600)


def test_fix_asks_first(tmp_path: Path) -> None:
    with quoted_page(tmp_path, POST.replace("ninety days", "sixty days")):
        before = (tmp_path / PATH).read_bytes()
        result = commentary("verify", "--fix", folder=tmp_path, stdin="n\n")

    assert "Rewrite the excerpt in" in result.stderr
    assert (result.exit_code, (tmp_path / PATH).read_bytes()) == (1, before)


def test_one_who_is_offline_is_not_told_that_all_is_well(tmp_path: Path) -> None:
    with quoted_page(tmp_path):
        pass  # the server is gone
    result = commentary("verify", folder=tmp_path)

    assert result.exit_code == 2
    assert f"{PATH}:11: unchecked (" in result.stdout
    assert "0 excerpts checked, 1 not" in result.stderr


def test_a_saved_page_stands_in_and_readers_are_told(tmp_path: Path) -> None:
    with quoted_page(tmp_path, a=page("robots", status="403 Forbidden")):
        (row,) = verdicts(tmp_path)
        assert (row["verdict"], "answered 403" in row["note"]) == ("unchecked", True)
        (tmp_path / "page.html").write_text(STORY, "utf-8")
        assert verdict(tmp_path, "tariff-pause", "--copy", "page.html", "--now", "2025-04-30") == "verbatim"
        assert "the copy is one that you supplied" in verdicts(tmp_path, "--refresh")[0]["note"]

    assert badge(tmp_path) == "✓ Checked word for word against a copy that the author supplied, on 30 April 2025"


def test_a_page_that_changes_is_noticed_on_refresh(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        verdict(tmp_path)
        server.answers["/a"] = page(STORY.replace("ninety days, and", "sixty days, and"))

        assert verdict(tmp_path) == "verbatim"
        assert verdict(tmp_path, "--refresh") == "altered"
        server.answers["/a"] = page("<p>Something else entirely stands here now, and it is about the weather.</p>")
        assert verdict(tmp_path, "--refresh") == "missing"


def test_of_a_translation_the_original_is_verified(tmp_path: Path) -> None:
    quoted = f"> 구십 일 동안 관세를 멈추겠다고 장관이 말했다.\n\n> {SENTENCE}\n> {{: .original }}"
    with quoted_page(
        tmp_path, POST.replace(f"> {SENTENCE}", quoted).replace("  url:", "  translation: author\n  url:")
    ):
        assert verdict(tmp_path, "--now", "2025-04-30") == "translated"

    assert badge(tmp_path) == "✓ The original was checked word for word against the source on 30 April 2025"


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("  url: SERVER/a\n", "", "the source has no address"),
        ("  url:", "  translation: author\n  url:", "it is a translation; give the source's own words beside it"),
    ],
)
def test_what_cannot_be_compared_says_why(tmp_path: Path, old: str, new: str, note: str) -> None:
    with quoted_page(tmp_path, POST.replace(old, new)):
        (row,) = verdicts(tmp_path)

    assert (row["verdict"], row["note"].startswith(note)) == ("unchecked", True)


def test_a_name_of_no_post_is_one_line(tmp_path: Path) -> None:
    with quoted_page(tmp_path):
        result = commentary("verify", "tarif-pause", folder=tmp_path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: tarif-pause is no post; did you mean tariff-pause?\n"


def test_a_long_quotation_of_a_short_source_is_a_warning(tmp_path: Path) -> None:
    with quoted_page(tmp_path, a=page(f"<p>{SENTENCE}</p>")):
        verdict(tmp_path)

    assert "the excerpts are 100% of the source's words, over 15%" in commentary("check", folder=tmp_path).stdout


def test_no_copy_of_a_source_is_ever_in_the_output(tmp_path: Path) -> None:
    with quoted_page(tmp_path):
        verdict(tmp_path)
    badge(tmp_path)
    built = [file for file in (tmp_path / "output").rglob("*") if file.is_file()]

    assert list((tmp_path / ".snapshots").rglob("*.warc.gz"))
    assert [file for file in built if b"asked for such a step since March" in file.read_bytes()] == []
    assert [file for file in built if file.suffix == ".gz" or "author" in file.parts] == []
