"""Repairs change what they are for, and no other byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.reading.front_matter import read_front_matter
from commentary.reading.repair import quote_values
from commentary.reading.text import clean
from tests.factories import POST


@pytest.mark.parametrize(
    ("written", "quoted"),
    [
        ("title: Seoul: a #1", 'title: "Seoul: a #1"'),
        ("  headline: [Video] North  ", '  headline: "[Video] North"'),
        ('summary: "Yes": he', "summary: '\"Yes\": he'"),
    ],
)
def test_titles_that_yaml_would_cut_are_quoted(written: str, quoted: str) -> None:
    assert quote_values(f"---\na: b\n{written}\n---\nBody\n") == f"---\na: b\n{quoted}\n---\nBody\n"


@pytest.mark.parametrize(
    "text",
    [
        POST,
        "---\ntitle: 'a: b'\n---\n",
        "---\nagency: a: b # c\n---\n",
        '---\ntitle: "abc\nsummary: a: b\n---\n',
        "---\na: b\n---\ntitle: a: b\n",
        "title: a: b\n",
        "",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert quote_values(text) == text


def test_marks_and_line_ends_stay() -> None:
    assert quote_values("\ufeff---\r\ntitle: a: b\r\n---\r\nBody") == '\ufeff---\r\ntitle: "a: b"\r\n---\r\nBody'


@given(st.text(st.characters(blacklist_categories=("C", "Z"), whitelist_characters=" "), min_size=1).map(str.strip))
def test_a_repaired_title_reads_the_same_and_needs_no_second_repair(title: str) -> None:
    text = clean(f"---\ntitle: {title}\n---\n", path="a.md")
    repaired = quote_values(text)
    assert read_front_matter(repaired, path="a.md").tree.values == read_front_matter(text, path="a.md").tree.values
    assert quote_values(repaired) == repaired
