"""Text directives; that browsers follow them is shown in `tests/browser/test_fragments.py`."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from commentary.quotation.fold import Span
from commentary.quotation.fragment import fragment, unproven_fragment, with_fragment
from commentary.quotation.match import verify
from commentary.quotation.page_text import PageText
from tests.quotation.texts import ENGLISH, JAPANESE, KOREAN, excerpt


def directive(source, text, nth=0):
    """The directives for the passage `text` of a page, its nth occurrence."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(text, start + 1)
    return fragment(source, [Span(start, start + len(text))])


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        (ENGLISH, "before the quays are safe", "text=before the quays are safe"),
        (ENGLISH, "nearly 1.5 metres", "text=nearly 1.5 metres"),
        (ENGLISH, "“unlawful and unwise” …", "text=unlawful and unwise"),
        (ENGLISH, "by May.\nEngineers who inspected the old quay", "text=by May,the old quay"),
        (KOREAN, "북부 노선을 열지 않겠다", "text=북부 노선을 열지 않겠다"),
        (
            JAPANESE,
            "これ以上の遅れは違法であり愚かなことだと指摘した",
            "text=これ以上の遅れは違法であり愚かなことだと指摘した",
        ),
    ],
)
def test_unique_passage_needs_no_context(source, text, expected):
    """A short passage is given whole, one that crosses blocks by its ends."""
    assert unquote(directive(source, text) or "") == expected


def test_long_passage_is_given_by_its_ends():
    """The ends survive small edits of what is between."""
    assert unquote(directive(ENGLISH, ENGLISH.blocks[5]) or "") == "text=Opponents remain unconvinced,on a quay"


@pytest.mark.parametrize(
    ("source", "text", "widened"),
    [
        (ENGLISH, "ear 1.5 met".replace("ear", "early"), "nearly 1.5 metres"),
        (KOREAN, "노선을 열", "노선을 열지"),
        (JAPANESE, "違法であり", "これ以上の遅れは違法であり愚かなことだと指摘した"),
    ],
)
def test_ends_are_widened_to_whole_words(source, text, widened):
    """In Korean to the eojeol; in Japanese, where only a dictionary knows the words, to the clause."""
    assert unquote(directive(source, text) or "") == f"text={widened}"


@pytest.mark.parametrize(
    "text",
    [
        "सरकार बातचीत जारी रखेगी",
        "அமைச்சர் பதவி விலகினார் என்று",
        "စစ်ပွဲပြီးဆုံးပြီဟု",
        "จะไม่ยกเลิกมาตรการคว่ำบาตร",
        "قَالَ الوَزِيرُ",
        "אָמַר הַשַּׂר",
        "می‌رود",
    ],
    ids=["hi", "ta", "my", "th", "ar", "he", "fa"],
)
def test_a_word_keeps_its_vowel_signs(text):
    """A term that ends in the middle of a word is found by no browser."""
    page = PageText((f"x {text} y",))
    expected = "text=" + text.replace("\u200c", "")
    assert unquote(directive(page, text) or "") == expected
    assert unquote(directive(page, text[:-1]) or "") == expected


def test_passage_that_differs_by_marks_alone_is_not_told_apart():
    """To browsers the points of Arabic and Hebrew count no more than accents do."""
    assert directive(PageText(("قَالَ الوَزِيرُ", "قال الوزير") * 2), "قَالَ الوَزِيرُ") is None
    assert directive(PageText(("قَالَ الوَزِيرُ", "قال الرئيس")), "قَالَ الوَزِيرُ")


def test_hyphens_commas_and_ampersands_are_encoded():
    """They are syntax of the directive."""
    page = PageText(("Rock-bottom, R&D 50% off",))
    assert directive(page, page.text) == "text=Rock%2Dbottom%2C%20R%26D%2050%25%20off"


@pytest.mark.parametrize(
    ("blocks", "nth", "expected"),
    [
        (("First, the board agreed. Then, the board agreed.",), 1, "text=board agreed. Then,-,the board agreed"),
        (("Said once:", "the board agreed.", "the board agreed."), 0, "text=Said once:-,the board agreed"),
        (("the board agreed.", "the board agreed.", "Said at last."), 1, "text=the board agreed.-,the board agreed"),
    ],
)
def test_repeated_passage_is_told_by_what_stands_beside_it(blocks, nth, expected):
    """A prefix or a suffix makes it unique, also from the next block, with the marks between."""
    assert unquote(directive(PageText(blocks), "the board agreed", nth) or "") == expected


def test_passage_that_nothing_tells_apart_has_no_fragment():
    """Better no fragment than one that opens at the wrong place."""
    assert directive(PageText(("same words here",) * 4), "same words here") is None
    assert directive(PageText(("same words here", "SAME Wörds HERE") * 2), "same words here") is None
    assert directive(PageText(("same words here", "other words here")), "same words here") == "text=same%20words%20here"


def test_end_that_stands_between_is_not_taken_for_the_end():
    """The first `on a quay` after the start is where a browser would stop."""
    block = "We stood there on a quay. " + "It rained. " * 20 + "They left us on a quay"
    assert unquote(directive(PageText((block,)), block) or "") == "text=We stood there on a,left us on a quay"


def test_each_passage_has_its_directive():
    """An elided quotation is marked piece by piece, an interpolated one as a whole."""
    text = "The board [of the harbour] promised a first crossing […] Its workers’ council agreed"
    found = verify(excerpt(text), ENGLISH)
    expected = "text=The board had promised a first crossing&text=Its workers’ council agreed"
    assert unquote(fragment(ENGLISH, found.passages) or "") == expected


def test_break_within_a_block_is_crossed_as_a_block_is():
    """By `start,end`; one that no white space marks parts a word, too."""
    block = "The board agreed. Its workers did not"
    page = PageText((block,), breaks=(block.index(" Its"),))
    assert unquote(directive(page, "board agreed. Its workers") or "") == "text=board agreed,Its workers"
    assert unquote(directive(page, "Its workers did not") or "") == "text=Its workers did not"
    ruby = PageText(("政府は金正恩総書記と会談した",), breaks=(4, 6))
    assert unquote(directive(ruby, "政府は金正恩総書記と会談した") or "") == "text=政府は金,総書記と会談した"
    assert unquote(directive(ruby, "恩総書記") or "") == "text=正恩,総書記と会談した"


def test_prefix_does_not_cross_a_break():
    twice = "One board. The board agreed. Two boards. The board agreed."
    page = PageText((twice,), breaks=(twice.index(" Two"), twice.index(" boards. The")))
    assert unquote(directive(page, "The board agreed", 1) or "") == "text=boards.-,The board agreed"


def test_unproven_fragment_needs_a_long_stretch():
    """Without a copy of the source only words that are hardly there twice are linked to, and whole ones."""
    long = "[T]he well-known shipyard, which can’t finish the second vessel this year, want[ed] a new timetable"
    expected = "text=well-known shipyard, which can’t finish the second vessel this year"
    assert unquote(unproven_fragment(excerpt(long)) or "") == expected
    assert unproven_fragment(excerpt("which can’t finish the second vessel […] a new timetable")) is None
    assert unproven_fragment(excerpt("부두가 안전해지기 전에는 북부 노선을 열지 않겠다고"))
    assert unproven_fragment(excerpt("북부 노선을 열지 않겠다고")) is None


def test_address_keeps_its_own_fragment():
    """The directives follow it."""
    assert with_fragment("https://a.example/b", "text=c") == "https://a.example/b#:~:text=c"
    assert with_fragment("https://a.example/b#d", "text=c") == "https://a.example/b#d:~:text=c"
