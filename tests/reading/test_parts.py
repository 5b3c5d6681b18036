"""A body becomes excerpts and remarks, each in its place, and its mistakes become findings."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.findings import Finding
from commentary.model import Excerpt, Part, Remark, Source
from commentary.reading.parts import read_parts

ONE = (Source(publication="Stars and Stripes", url="https://www.stripes.com/a", headline="Seoul condemns"),)
TWO = (Source(key="stripes", publication="Stars and Stripes"), Source(key="yonhap", publication="Yonhap"))
NONE: tuple[Source, ...] = ()


def read(body: str, sources: tuple[Source, ...] = ONE) -> tuple[tuple[Part, ...], list[Finding]]:
    """A body that begins on line 10 of its file."""
    return read_parts(body, path="p.md", first_line=10, sources=sources)


def rules(body: str, sources: tuple[Source, ...] = ONE) -> list[tuple[int, str]]:
    """The findings of a body: line and rule."""
    return [(finding.line, finding.rule) for finding in read(body, sources)[1]]


def message(body: str, sources: tuple[Source, ...] = ONE) -> str:
    """What the only finding of a body says."""
    (finding,) = read(body, sources)[1]
    return finding.message


def excerpts(body: str, sources: tuple[Source, ...] = ONE) -> list[Excerpt]:
    """The excerpts of a body that has no findings."""
    parts, findings = read(body, sources)
    assert findings == []
    return [part for part in parts if isinstance(part, Excerpt)]


def test_parts_stand_in_order_with_their_lines() -> None:
    parts, findings = read("\nLead:\n\n> Quoted\n> words.\n\n\n> More.\n\nClosing *words*\nof ours.\n\n- a\n- b\n")
    assert findings == []
    assert [(part.kind, part.line, part.text) for part in parts] == [
        ("remark", 11, "Lead:"),
        ("excerpt", 13, "Quoted\nwords."),
        ("excerpt", 17, "More."),
        ("remark", 19, "Closing words of ours.\na\nb"),
    ]


@pytest.mark.parametrize("body", ["", "\n\n", ">\n> \n", "<!-- only a note -->", "[1]: https://x.example/"])
def test_body_that_shows_nothing_has_no_parts(body: str) -> None:
    assert read(body) == ((), [])


def test_a_note_below_an_excerpt_is_a_remark_of_its_own() -> None:
    parts, findings = read("Lead.[^1]\n\n> Quoted.\n\n[^1]: A note.\n")

    assert findings == []
    assert [(part.kind, part.text) for part in parts] == [
        ("remark", "Lead."),
        ("excerpt", "Quoted."),
        ("remark", "A note."),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_of_any_system_give_the_same_parts(newline: str) -> None:
    body = "Lead:\n\n> One\n> two.\n\nEnd.\n"
    assert read(body.replace("\n", newline)) == read(body)


@given(st.lists(st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=r"\*_[](){}>—-"), min_size=1)))
def test_excerpt_shows_the_words_as_typed(words: list[str]) -> None:
    """The text of the page, parsed as a browser would, is what stands after `> `."""
    typed = " ".join(words)
    parts, findings = read(f"Lead\n\n> {typed}\n")
    shown = [part for part in parts if isinstance(part, Excerpt)]
    assert findings == []
    assert [part.text for part in shown] == ([typed] if typed else [])
    assert ["".join(html5lib.parseFragment(part.html).itertext()) for part in shown] == [part.text for part in shown]


def test_line_that_runs_on_from_a_quotation_is_found() -> None:
    assert rules("> Quoted\nand run on\n") == [(11, "unquoted-line")]


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_shows_an_excerpt_in_another_order_is_found(control: str) -> None:
    """123 after U+202E reads 321; in a remark the words are our own, and a mark of direction may be needed there."""
    assert rules(f"> the deal\n> cost {control}123 dollars\n> {{: .caption }}\n") == [(11, "unreadable")]
    assert rules(f"> One.\n\n> deal {control}123\n> {{: .original }}\n") == [(12, "unreadable")]
    assert f"U+{ord(control):04X}" in message(f"> the deal cost {control}123 dollars")
    assert rules(f"The deal cost {control}123 dollars.\n\n> a deal\n") == []


@pytest.mark.parametrize("joiner", "\u200c\u200d\u200e\u200f")
def test_plain_marks_of_direction_and_joiners_may_stand_in_an_excerpt(joiner: str) -> None:
    assert rules(f"> the deal cost {joiner}123 dollars") == []


def test_line_after_a_blank_one_is_a_remark() -> None:
    assert rules("> Quoted\n\nand remarked\n") == []


def test_caption_is_kept_from_the_text() -> None:
    (excerpt,) = excerpts("> A file photo.\n{: .caption }\n> The report.\n")
    assert [(p.text, p.caption) for p in excerpt.paragraphs] == [("A file photo.", True), ("The report.", False)]
    assert excerpt.text == "The report."


def test_original_joins_the_translation_before_it() -> None:
    (excerpt,) = excerpts("> Translated.\n\n> 원문 […]\n> {: .original }\n")
    assert (excerpt.line, excerpt.text) == (10, "Translated.")
    assert excerpt.original_html == '<p>원문 <span class="elision">[…]</span></p>'
    assert "".join(p.text for p in excerpt.original) == "원문 […]"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Lead\n{: .caption }\n", 11),
        ("> Quoted.\n>\n> {: .caption }\n", 12),
        ("> {: .original }\n> Quoted.\n", 10),
        ("> 원문\n> {: .original }\n", 11),
        ("> Translated.\n\nRemark.\n\n> 원문\n> {: .original }\n", 15),
        ("> Translated.\n\n> 원문\n{: .original }\n\n> 原文\n{: .original }\n", 16),
        ("> Translated.\n\n{: .original }\n", 12),
        ("> Quoted.\n> {: .captoin }\n", 11),
        ("> Quoted.\n\n> {: .original }\n", 12),
    ],
)
def test_mark_that_marks_nothing_is_found(body: str, line: int) -> None:
    assert rules(body) == [(line, "misplaced-mark")]


def test_misspelt_mark_is_told_the_nearest() -> None:
    assert message("> Quoted.\n> {: .captoin }\n") == "{: .captoin } is no mark; did you mean caption?"


def test_mark_in_code_is_code() -> None:
    assert rules("~~~\n{: .caption }\n~~~\n\n    {: .caption }\n") == []


@pytest.mark.parametrize("dash", ["—", "--", "— "])
@pytest.mark.parametrize("between", ["", ">\n"])
def test_each_excerpt_names_its_source(dash: str, between: str) -> None:
    one, two = excerpts(f"> One.\n{between}> {dash}stripes\n\n> Two.\n{between}> {dash} Yonhap\n", TWO)
    assert [(one.source_key, one.text), (two.source_key, two.text)] == [("stripes", "One."), ("yonhap", "Two.")]


def test_excerpt_that_names_none_of_several_sources_is_found() -> None:
    assert message("> One.\n", TWO) == (
        "the excerpt names none of the post's 2 sources; end it in > — stripes or > — yonhap"
    )


def test_unknown_key_is_told_the_nearest() -> None:
    assert rules("> One.\n> — stripse\n", TWO) == [(11, "attribution")]
    assert message("> One.\n> — stripse\n", TWO) == ("'stripse' is no key of the post's sources; did you mean stripes?")


def test_original_needs_no_attribution_of_its_own_but_none_other_either() -> None:
    translated = "> Translated.\n> — yonhap\n\n> 원문\n"
    assert rules(translated + "{: .original }\n", TWO) == []
    assert rules(translated + "> — yonhap\n{: .original }\n", TWO) == []
    assert rules(translated + "> {: .original }\n> — stripes\n", TWO) == [(15, "attribution")]


@pytest.mark.parametrize("name", ["Stars and Stripes", "stars  and stripes", "Seoul condemns", "stripes.com"])
def test_single_source_may_be_named(name: str) -> None:
    (excerpt,) = excerpts(f"> One.\n> — {name}\n")
    assert (excerpt.text, excerpt.source_key) == ("One.", None)


def test_only_key_of_sources_is_the_key_of_every_excerpt() -> None:
    assert [e.source_key for e in excerpts("> One.\n\n> Two.\n> — stripes\n", TWO[:1])] == ["stripes", "stripes"]


@pytest.mark.parametrize("sources", [ONE, NONE], ids=["one source", "unknown source"])
def test_name_of_another_source_is_found(sources: tuple[Source, ...]) -> None:
    assert rules("> One.\n> — Reuters\n", sources) == [(11, "attribution")]


@pytest.mark.parametrize(
    "line",
    [
        "— Yes, he said.",
        "— « Oui »",
        "-- and so the people of the northern province went on to the border at dawn",
        r"\— Reuters",
        "--",
        "--- 30 ---",
    ],
)
@pytest.mark.parametrize("sources", [ONE, NONE], ids=["one source", "unknown source"])
def test_dash_of_the_sources_own_is_quoted(line: str, sources: tuple[Source, ...]) -> None:
    (excerpt,) = excerpts(f"> One.\n> {line}\n", sources)
    assert excerpt.text == "One.\n" + line.removeprefix("\\")


def test_attribution_of_no_words_is_found() -> None:
    assert rules("> One.\n\n> — Stars and Stripes\n") == [(12, "attribution")]


def test_findings_are_all_there_in_the_order_of_the_file() -> None:
    body = "Lead\n{: .caption }\n\n> One.\nrun on\n\n> Two.\n> — stripse\n"
    assert rules(body, TWO) == [(11, "misplaced-mark"), (13, "attribution"), (14, "unquoted-line"), (17, "attribution")]


def test_remark_cannot_reach_the_excerpt_after_it() -> None:
    parts, _ = read("One <b>two <!-- three\n\n> Quoted.\n\nFour --> five\n")
    assert [part.html for part in parts] == [
        "<p>One <b>two &lt;!-- three</b></p>",
        "<p>Quoted.</p>",
        "<p>Four --&gt; five</p>",
    ]
    assert isinstance(parts[0], Remark)
    assert parts[0].text == "One two <!-- three"
