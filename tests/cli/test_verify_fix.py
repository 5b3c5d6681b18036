"""`commentary verify --fix`: what it must not touch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from commentary.work.verify import verify_posts
from tests.cli.running import commentary
from tests.fetching.local_server import page
from tests.work.sources import PATH, POST, SENTENCE, STORY, edit, quoted_page

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from commentary.work.verify import Outcome


@pytest.mark.parametrize("old", [SENTENCE, "sixty", None], ids=["gone", "other", "file"])
def test_fix_leaves_what_its_author_edits_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str | None
) -> None:
    """Between the verdict and the rewriting: the excerpt is not what was compared any more."""

    def edited(*arguments: Any, **options: Any) -> list[Outcome]:
        outcomes = verify_posts(*arguments, **options)
        if old:
            edit(tmp_path, old.replace("ninety", "sixty"), "\n\nSomething new")
        else:
            (tmp_path / PATH).unlink()
        return outcomes

    monkeypatch.setattr("commentary.work.verify.verify_posts", edited)
    with quoted_page(tmp_path, POST.replace("ninety days", "sixty days")):
        result = commentary("verify", "--fix", "--yes", folder=tmp_path)

    assert f"{PATH}:11: takes an author" in result.stderr
    assert not old or "Something new" in (tmp_path / PATH).read_text("utf-8")


def test_fix_does_not_undo_what_is_saved_while_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def confirm(*_: Any, **__: Any) -> bool:
        edit(tmp_path, "So importers", "So all importers")
        return True

    monkeypatch.setattr("click.confirm", confirm)
    with quoted_page(tmp_path, POST.replace("ninety days", "sixty days")):
        result = commentary("verify", "--fix", folder=tmp_path)

    text = (tmp_path / PATH).read_text("utf-8")
    assert (result.exit_code, "So all importers" in text, "sixty days" in text) == (2, True, True)
    assert f"{PATH} was saved meanwhile and stays as it is; run this again" in result.stderr


def fix_in_vain(folder: Path, excerpt: str, story: str) -> Result:
    """`verify --fix` of an excerpt against a story; the post must stay as it is."""
    with quoted_page(folder, POST.replace(SENTENCE, excerpt), a=page(story)):
        before = (folder / PATH).read_text("utf-8")
        result = commentary("verify", "--fix", "--yes", folder=folder)

    assert (folder / PATH).read_text("utf-8") == before
    return result


@pytest.mark.parametrize(
    "wrong",
    [
        "The minister [of all the trade and of the industry of the North] said: pause the tariffs for ninety long days",
        "“We will [surely] not [ever] pause the tariffs for ninety days, and then [they say] we shall see",
        "He said [the North and its friends] would respond in kind to that.",
    ],
)
def test_fix_cuts_neither_a_mark_nor_the_words_before_it(tmp_path: Path, wrong: str) -> None:
    """One that stands for too much is its author's to mend."""
    long = "He said the Democratic People’s Republic of Korea and its many allies would respond in kind to that."
    result = fix_in_vain(tmp_path, wrong, STORY.replace("</h1>", f"</h1><p>{long}</p>"))

    assert (result.exit_code, "takes an author" in result.stderr) == (1, True)


def test_fix_leaves_a_bracket_of_the_sources_own(tmp_path: Path) -> None:
    own = "“We will [as the minister of trade and industry of the North put it] pause the tariffs,” she said."
    result = fix_in_vain(tmp_path, own, STORY.replace(SENTENCE, own))

    assert (result.exit_code, "bracketed in the source itself" in result.stdout) == (0, True)


def test_fix_mends_a_caption(tmp_path: Path) -> None:
    picture = "<figcaption>A freighter leaves the port of Busan in March.</figcaption>"
    quoted = f"> A freighter leaves the port of Ulsan in March.\n> {{: .caption }}\n>\n> {SENTENCE}"
    with quoted_page(
        tmp_path, POST.replace(f"> {SENTENCE}", quoted), a=page(STORY.replace("</h1>", f"</h1>{picture}"))
    ):
        before = (tmp_path / PATH).read_text("utf-8")
        assert commentary("verify", folder=tmp_path).exit_code == 1
        assert commentary("verify", "--fix", "--yes", folder=tmp_path).exit_code == 0

    assert (tmp_path / PATH).read_text("utf-8") == before.replace("Ulsan", "Busan")
