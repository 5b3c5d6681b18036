"""`commentary new URL` and `commentary capture`: a link and a passage become a verified post."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import commentary
from tests.fetching.local_server import page, redirect
from tests.fixtures import PAGES, passages
from tests.work.sources import SENTENCE, SETTINGS, STORY, ledger_of, quoted_page

if TYPE_CHECKING:
    from pathlib import Path

PATH = "content/posts/2025/2025-05-02-ministry-pauses-tariffs-for-ninety-days.md"
NOW = ("--now", "2025-05-02 10:30")


def posts_in(folder: Path) -> list[str]:
    return [file.name for file in (folder / "content/posts").rglob("*.md")]


def test_a_link_and_a_passage_become_a_verified_post(tmp_path: Path) -> None:
    with quoted_page(tmp_path, **{"a?utm_source=x": page(STORY)}) as server:
        result = commentary(
            "new", f"{server.url}/a?utm_source=x", "--topic", "trade", "--excerpt", SENTENCE, *NOW, folder=tmp_path
        )

    assert (result.exit_code, result.stdout) == (0, f"{PATH}\n")
    assert "found: …" in result.stderr
    assert f"{PATH}:13: verbatim, " in result.stderr
    assert (
        (tmp_path / PATH).read_text("utf-8")
        == f"""\
---
title: Ministry pauses tariffs for ninety days
date: 2025-05-02 10:30
topics: [trade]
source:
  publication: The Herald
  url: {server.url}/a
  headline: Ministry pauses tariffs for ninety days
  byline: [Kim Minji]
  published: 2025-04-29
---

> {SENTENCE}
"""
    )
    assert list((tmp_path / ".snapshots").rglob("*.warc.gz"))


def test_a_guess_is_found_until_it_is_confirmed(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        commentary("new", f"{server.url}/a", "--excerpt", SENTENCE, *NOW, folder=tmp_path)  # no topic: one is proposed
    text = (tmp_path / PATH).read_text("utf-8")
    assert "# guess, confirm\ntopics: [trade]" in text
    (tmp_path / PATH).write_text(text + "\nA remark that is long enough to stand beside the excerpt, I should say.\n")
    before = commentary("check", *NOW, folder=tmp_path)
    confirmed = re.sub(r" *# guess, confirm\n", "", (tmp_path / PATH).read_text("utf-8"))
    (tmp_path / PATH).write_text(confirmed, "utf-8")
    after = commentary("check", *NOW, folder=tmp_path)

    assert f"{PATH}:4: warning unconfirmed-guess: " in before.stdout
    assert (after.exit_code, "unconfirmed-guess" in after.stdout) == (0, False)


def test_a_saved_page_is_read_like_a_fetched_one(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        (tmp_path / "page.html").write_text(STORY, "utf-8")
        asked = len(server.requests)
        result = commentary(
            "new", "page.html", "--url", "https://herald.example/x y", "--topic", "trade", "--excerpt", "-", *NOW,
            folder=tmp_path, stdin=SENTENCE,
        )  # fmt: skip

    assert (result.exit_code, result.stdout) == (0, f"{PATH}\n")
    assert "  url: https://herald.example/x y\n" in (tmp_path / PATH).read_text("utf-8")
    assert '"how": "supplied"' in ledger_of(tmp_path)
    assert len(server.requests) == asked


def test_an_archived_copy_is_asked_for_unless_it_is_not_wanted(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        settings = tmp_path / "pelicanconf.py"
        settings.write_text(settings.read_text("utf-8").replace("ARCHIVE = False", "ARCHIVE = True"), "utf-8")
        memento = f"/web/20250502013000/{server.url}/a"
        server.answers[f"/save/{server.url}/a"] = redirect(memento)
        given = (f"{server.url}/a", "--topic", "trade", "--excerpt", SENTENCE)
        commentary("new", *given, "--no-archive", "--slug", "one", *NOW, folder=tmp_path)
        assert '"memento"' not in ledger_of(tmp_path)
        commentary("new", *given, "--slug", "two", *NOW, folder=tmp_path)
        assert f'"uri": "{server.url}{memento}"' in ledger_of(tmp_path)


def test_a_passage_that_the_page_has_not_is_told_at_once(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        wrong = SENTENCE.replace("ninety", "sixty")
        result = commentary("new", f"{server.url}/a", "--topic", "trade", "--excerpt", wrong, *NOW, folder=tmp_path)

    assert (result.exit_code, result.stdout) == (1, f"{PATH}\n")
    assert "[-sixty-] {+ninety+}" in result.stderr


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page("no", status="404 Not Found"), "the server answered 404"),
        (page(b"%PDF", kind="application/pdf"), "not a page of text"),
        (redirect("ftp://elsewhere.example/"), "redirects to a bad address"),
    ],
    ids=["missing", "pdf", "redirect"],
)
def test_a_page_that_cannot_be_had_writes_nothing(tmp_path: Path, answer: bytes, reason: str) -> None:
    with quoted_page(tmp_path, b=answer) as server:
        before = posts_in(tmp_path)
        result = commentary("new", f"{server.url}/b", "--topic", "trade", *NOW, folder=tmp_path)

    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert (posts_in(tmp_path), ledger_of(tmp_path), (tmp_path / ".snapshots").exists()) == (before, "", False)
    assert reason in result.stderr


HOSTILE = """<title>Ministry \x1b]0;pwn\x07pauses &#27;[31mtariffs \u202efor\ufeff ninety\u2028days</title>
<meta name="author" content="Kim\x9b31m &#x1b;Minji"><meta property="og:site_name" content="The \x07Herald">
<script type="application/ld+json">{"@type": "NewsArticle", "author": {"name": "Lee\\u001b \\u009bJuwon\\ud83d"}}</script>
<p>The minister has resigned \x1b]0;PWNED\x07 from the \u202egovernment early this &#27;[31mmorning, \x9b31mthey wrote.</p>"""
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\ufeff]")


def test_what_a_page_writes_does_not_reach_the_terminal(tmp_path: Path) -> None:
    """Its control characters are no part of its text; marks of direction are, and are shown as escapes."""
    with quoted_page(tmp_path, b=page(HOSTILE)) as server:
        given = (
            "--topic",
            "trade",
            "--slug",
            "it",
            "--excerpt",
            "The minister has resigned early this morning, they wrote.",
        )
        seen = commentary("capture", f"{server.url}/b", *given[-2:], folder=tmp_path)
        made = commentary("new", f"{server.url}/b", *given, *NOW, folder=tmp_path)
        told = commentary("verify", "it", folder=tmp_path)

    assert "headline: Ministry ]0;pwnpauses [31mtariffs \\u202efor ninety days\n" in seen.stdout
    assert "byline: Lee Juwon\n" in seen.stdout
    assert (made.exit_code, told.exit_code) == (1, 1)
    assert "{+]0;PWNED from the \\u202egovernment+}" in told.stdout
    assert "{+]0;PWNED from the \\u202egovernment+}" in made.stderr
    assert [CONTROLS.findall(text) for text in (seen.output, made.output, told.output)] == [[], [], []]


def test_a_passage_is_found_without_what_a_clipboard_brings_along(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        dirty = "\ufeff" + SENTENCE.replace("pause", "pau\x1bse")
        result = commentary("new", f"{server.url}/a", "--topic", "trade", "--excerpt", dirty, *NOW, folder=tmp_path)

    assert result.exit_code == 0, result.stderr
    assert f"> {SENTENCE}\n" in (tmp_path / PATH).read_text("utf-8")


def test_a_page_may_not_claim_an_address_of_another_house(tmp_path: Path) -> None:
    foreign = STORY.replace("<title>", '<link rel="canonical" href="https://elsewhere.example/a"><title>')
    with quoted_page(tmp_path, a=page(foreign)) as server:
        commentary("new", f"{server.url}/a", "--topic", "trade", *NOW, folder=tmp_path)

    assert f"  url: {server.url}/a\n" in (tmp_path / PATH).read_text("utf-8")


def test_capture_prints_the_facts_and_writes_nothing(tmp_path: Path) -> None:
    with quoted_page(tmp_path) as server:
        before = sorted(tmp_path.rglob("*"))
        facts = json.loads(commentary("capture", f"{server.url}/a", "--json", folder=tmp_path).stdout)
        given = ("--excerpt", SENTENCE.replace("ninety", "sixty"))
        standing = json.loads(commentary("capture", f"{server.url}/a", "--json", *given, folder=tmp_path).stdout)

    assert list(facts) == [
        "headline", "publication", "byline", "published", "canonical", "language", "paywall", "guesses", "words",
    ]  # fmt: skip
    assert (facts["headline"], facts["byline"]) == ("Ministry pauses tariffs for ninety days", ["Kim Minji"])
    assert (standing["verdict"], standing["nearest"], standing["fragment"]) == ("altered", SENTENCE, None)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("passage", passages(), ids=lambda p: f"{p.file}-{p.kind}")
def test_a_passage_of_our_own_pages_becomes_a_post_whose_excerpt_stands(tmp_path: Path, passage) -> None:
    with quoted_page(tmp_path, page=page((PAGES / passage.file).read_bytes(), kind="text/html")) as server:
        result = commentary(
            "new", f"{server.url}/page", "--topic", "trade", "--slug", "it", "--title", "It", "--excerpt", passage.text,
            *NOW, folder=tmp_path,
        )  # fmt: skip

    assert result.exit_code == 0, result.stderr
    assert ": verbatim" in result.stderr


def test_without_a_page_a_topic_is_needed(tmp_path: Path) -> None:
    with quoted_page(tmp_path):
        result = commentary("new", "--title", "One", folder=tmp_path)

    assert (result.exit_code, "Missing option '--topic'" in result.stderr) == (2, True)
    assert SETTINGS.startswith("COMMENTARY_ALLOW_LOOPBACK")
