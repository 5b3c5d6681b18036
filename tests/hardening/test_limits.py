"""What would keep Markdown busy for minutes is refused in one finding, or done in time."""

import time

import pytest

from commentary.errors import PostSyntaxError
from commentary.reading.parse import parse_document, parse_post
from commentary.snapshots.visible import read_visible
from commentary.syntax import limits
from tests.factories import ZONE, make_vocabulary

HEAD = "---\ntitle: A\ndate: 2025-04-30 09:00\ntopics: [trade]\nsource: https://herald.example/a\n---\n"
SECONDS = 2  # of this process's own time, for any post
MOST = 990_000


def filled(piece: str, most: int = MOST) -> str:
    return piece * (most // len(piece))


HOSTILE = {
    "50,000 asterisks": "*" * 50_000,
    "stars before every word": filled("*a ", 50_000),
    "10,000 nested brackets": "[" * 10_000 + "]" * 10_000,
    "10,000 opened brackets": "[" * 10_000,
    "links never closed": filled("[a](b", 50_000),
    "images never closed": filled("![", 50_000),
    "empty links": filled("[](", 50_000),
    "10,000 nested quotations": "* " + "> " * 10_000,
    "10,000 nested lists": "* " * 10_000 + "a",
    "10,000 nested numbers": "1. " * 10_000,
    "lists under lists": "\n".join("    " * depth + "* a" for depth in range(600)),
    "fences never closed": filled("```a\n"),
    "rules in one block": filled("***\n"),
    "headings in one block": filled("# a\n"),
    "underlines in one block": filled("a\n=\n"),
    "dashes in one block": filled("-\n"),
    "a table of 1,000,000 columns": filled("|a", 200_000) + "\n" + filled("|-", 200_000),
    "code across cells": "a|b\n-|-\n" + filled("`|"),
    "backslashes": "\\" * 900_000,
    "one line of 1 MB": filled("word "),
    "excerpts of one word": filled("> a\n\nb\n\n"),
    "attributions of nothing": filled("> — a\n\n"),
    "an attribution of spaces": ("> — a" + " " * 19_900 + "b\n\n") * 40,
    "lines of brackets before an excerpt": filled("[\n", 60_000) + "\n> a\n\n*b*",
    "brackets in an excerpt": "> " + "[" * 900_000,
    "blank lines": "a" + "\n" * 900_000 + "b",
    "lines of one space": "a\n" + " \n" * 400_000 + "b",
    "addresses": filled("<http://a> "),
    "footnotes": filled("[^1]: a\n\n"),
    "footnotes of two lines": ("[^1]: a\nb\n" * 450 + "\n") * 60,
    "footnotes that refer to one another": "\n\n".join(f"[^{n}]: a[^{n + 1}]" for n in range(999)) + "\n\na[^0]",
    "references to a footnote": "[^1]: a\n\n" + (filled("[^1]", 19_000) + "\n\n") * 47,
    "opened references to a footnote": "[^1]: a\n\n" + (filled("[^", 19_000) + "\n\n") * 47,
    "stars in an excerpt": "> " + filled("*a "),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_body_is_read_or_refused_in_time(body):
    start = time.process_time()
    try:
        parse_post(HEAD + body + "\n", path="content/posts/a.md", zone=ZONE)
    except PostSyntaxError as cause:
        findings = cause.findings
    else:
        findings = ()
    spent = time.process_time() - start

    assert spent < SECONDS
    assert {f.rule for f in findings} <= {"too-much"}
    assert len(findings) <= 1
    assert all(f.line >= 7 for f in findings)


@pytest.mark.parametrize(
    "keys",
    [
        "topics: [" + ", ".join(f"topic{i}" for i in range(70_000)) + "]",
        "allow: [" + ", ".join(f"rule{i}" for i in range(70_000)) + "]",
        "aliases: [" + ", ".join(f"/2025/{i}/" for i in range(70_000)) + "]",
        "story: " + "[" * 900_000,
        "\n".join(f"key{i}: a" for i in range(70_000)),
    ],
    ids=["topics", "rules", "aliases", "brackets", "keys"],
)
def test_hostile_front_matter_is_refused_in_time(keys):
    start = time.process_time()
    with pytest.raises(PostSyntaxError) as caught:
        parse_post(HEAD.replace("---\n", f"---\n{keys}\n", 1), path="a.md", zone=ZONE, vocabulary=make_vocabulary())
    spent = time.process_time() - start

    assert spent < SECONDS
    assert [f.rule for f in caught.value.findings] == ["front-matter"]


HOSTILE_PAGES = {
    "spaces in a style": "<i style='display: a" + filled(" ") + "9'>x</i>",
    "spaces after a break": "<p>a<br>b" + filled(" ") + "c</p>",
    "spaces without width": "<p>a" + filled(" \u200b", MOST // 2) + "c</p>",
    "lines without width": "<p>a" + filled("\u2028\ufeff", MOST // 3) + "c</p>",
    "lines of one space": "<pre>a" + filled(" \n") + "c</pre>",
    "breaks": "<p>" + filled("<br> \n", MOST // 2) + "c</p>",
}


@pytest.mark.parametrize("page", HOSTILE_PAGES.values(), ids=HOSTILE_PAGES)
def test_a_hostile_page_is_read_in_time(page):
    start = time.process_time()
    assert read_visible(page).blocks

    assert time.process_time() - start < SECONDS


LARGE = {
    "prose": "The ministry calls it relief, but nothing in its notice binds it beyond the summer.\n\n",
    "links": "It [says so](https://herald.example/2025/04/29/tariff-pause) in **one** place, and `two` in another, at length.\n\n",
    "lists": "Three reasons, which are not new, and which were never answered by anybody in the ministry:\n\n* one\n* two\n    * three\n\n",
    "hangul": "정부는 이것을 구제라고 부르지만 공고의 어느 구절도 여름이 지난 뒤를 구속하지 않는다.\n\n",
}


@pytest.mark.parametrize("piece", LARGE.values(), ids=LARGE)
def test_an_honest_text_of_half_a_megabyte_is_read(piece):
    """Far longer than any post, and not refused."""
    assert parse_post(HEAD + filled(piece, 450_000), path="a.md", zone=ZONE).parts


def test_a_page_of_prose_has_the_same_limits():
    sound = "---\ntitle: About\n---\n" + "[" * 100 + "\n"
    assert parse_document(sound, path="about.md").html
    with pytest.raises(PostSyntaxError) as caught:
        parse_document(sound.replace("[" * 100, "Hello\n\n" + "[" * 10_000), path="about.md")

    assert [(f.line, f.rule) for f in caught.value.findings] == [(6, "too-much")]


@pytest.mark.parametrize(
    ("sound", "refused", "told"),
    [
        ("* " * limits.MAX_DEPTH + "a", "* " * (limits.MAX_DEPTH + 1) + "a", "deep"),
        ("- " * 60, "- " * 200 + "a", "deep"),
        ("a\n" * 1_000, "a\n" * 1_001, "1001 lines"),
        ("|a" * 100, "|a" * 201, "201 |"),
        ("```a\n" * 100, "```a\n" * 101, "100 more are closed by nothing"),
        ("```a\n\n```\n\n" * 101, "```a\n\n" * 101, "closed by nothing"),
        ("> a\n\n" * 2_000, "> a\n\n" * 2_001, "part 2001 of 2001"),
    ],
    ids=["lists", "rule", "lines", "cells", "fences", "closed fences", "parts"],
)
def test_each_limit_is_told_just_beyond_it(sound, refused, told):
    assert parse_post(HEAD + sound, path="a.md", zone=ZONE)
    with pytest.raises(PostSyntaxError, match=told):
        parse_post(HEAD + refused, path="a.md", zone=ZONE)
