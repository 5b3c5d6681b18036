"""The post before its remark: it reads back as what its author gave."""

from __future__ import annotations

import re
from datetime import datetime
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commentary.capture.scaffold import quote, scaffold
from commentary.model import Post, Source, Status
from commentary.reading.parse import parse_post
from tests.factories import ZONE, make_source

PATH = "content/posts/2025/2025-04-30-only-a-pause.md"
DATE = datetime(2025, 4, 30, 9, tzinfo=ZONE)
# What an author could paste: any characters of a text, blank lines between paragraphs.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("*_[]()\\>—-{}:.…#&<`'\"“”!1 \n"), st.characters(codec="utf-8", categories=["L", "N", "P"])
    ),
    max_size=60,
)


def read_back(**changes: object) -> Post:
    """The post that the scaffold of a valid post, but for `changes`, is read as."""
    given = {"title": "Only a pause", "date": DATE, "topics": ["trade"], "source": make_source()}
    return parse_post(scaffold(**given | changes), path=PATH, zone=ZONE)


def test_a_scaffold_is_front_matter_and_excerpt() -> None:
    """Nothing stands where the remark belongs, so `check` goes on asking for it."""
    text = scaffold(
        title="Only a pause",
        date=DATE,
        topics=["trade", "foreign-policy"],
        source=make_source(byline=("A. Writer", "B. Writer")),
        excerpt="“We will pause,” he said.\n\nThen he left.",
        lang="en",
        status=Status.DRAFT,
    )

    assert text == dedent(
        """\
        ---
        title: Only a pause
        date: 2025-04-30 09:00
        topics: [trade, foreign-policy]
        status: draft
        lang: en
        source:
          publication: The Herald
          url: https://herald.example/2025/04/29/tariff-pause
          headline: Ministry pauses tariffs for ninety days
          byline: [A. Writer, B. Writer]
          published: 2025-04-29
        ---

        > “We will pause,” he said.
        >
        > Then he left.
        """
    )


def test_a_source_of_which_nothing_is_known_is_unknown() -> None:
    assert read_back(source=None).sources == ()


def test_without_an_excerpt_there_are_no_parts() -> None:
    assert read_back(excerpt=" \n").parts == ()


def test_every_field_of_the_source_reads_back() -> None:
    source = make_source(
        agency="Wire: Asia",
        byline=("Kim, A.", "[B]"),
        accessed="2025-04-30",
        lang="ko",
        paywall=True,
        published="~2025-04",
    )

    assert read_back(source=source).sources == (source,)


@pytest.mark.parametrize(
    "title",
    [
        "Talks: round two",
        "We are #1 here",
        '"Quoted" at its start',
        "- dash",
        "It's 100 % \\ true",
        "[sic]",
        "yes",
        "5:1",
    ],
)
def test_any_title_reads_back(title: str) -> None:
    post = read_back(title=title, source=Source(headline=title, publication=title), topics=[title])

    assert (post.title, post.sources[0].headline, post.sources[0].publication) == (title, title, title)
    assert post.topics == (title,)


@given(TEXTS)
@settings(max_examples=150)
def test_any_excerpt_shows_as_it_was_pasted(text: str) -> None:
    """The words a reader sees are those of the page, line by line; only white space at the ends of lines goes."""
    shown = "\n\n".join(e.text for e in read_back(excerpt=text).excerpts)

    lines = "\n".join(line.strip() for line in text.strip().splitlines())
    assert shown == re.sub(r"\n\n+", "\n\n", lines)


@pytest.mark.parametrize("mark", ["[…]", "(....)", "[that it engaged]", "[T]he"])
def test_elisions_and_interpolations_stay_marks(mark: str) -> None:
    (excerpt,) = read_back(excerpt=f"One {mark} two").excerpts

    assert [run.kind == "quoted" for run in excerpt.paragraphs[0].runs] == [True, False, True]


@pytest.mark.parametrize("line", ["— The Herald", "-- herald.example", "{: .caption }", "> inner", "{: .original }"])
def test_a_last_line_is_never_taken_for_syntax(line: str) -> None:
    (excerpt,) = read_back(excerpt=f"The passage.\n{line}").excerpts

    assert excerpt.text == f"The passage.\n{line}"


def test_a_plain_passage_is_quoted_without_a_backslash() -> None:
    text = "“It’s 5 - 3 = 2,” he said (again) of snake_case & co. #1"

    assert quote(text) == f"> {text}"
