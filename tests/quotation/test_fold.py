"""Folding, and the way back to the original."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.quotation.fold import fold

TEXTS = st.text(
    st.sampled_from("ab “”’…—- \u00a0\u00ad\u200b\n\u0301e가\u1100\u1161\u11a8だ\u3099た.") | st.characters(),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“It’s” «so»", '"It\'s" "so"'),
        ("war—which 2010–11", "war-which 2010-11"),
        ("so far …", "so far ..."),
        ("a\u00a0 \n\tb", "a b"),
        ("dis\u00adarm\u200bament", "disarmament"),
        ("cafe\u0301", "café"),
        ("e\u00ad\u0301", "é"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", "한국"),
        ("か\u3099", "が"),
    ],
)
def test_form_of_writing_is_folded(text, folded):
    """Quotes, dashes, dots, spaces, invisible characters and compositions are told apart by no reader."""
    assert fold(text).text == folded


@pytest.mark.parametrize("text", ["The the", "war, war", "ＡＢＣ", "ß", "1.5", "北/北"])
def test_nothing_else_is_folded(text):
    """Case, punctuation and compatibility forms stay."""
    assert fold(text).text == text


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    """A folded text is its own folding."""
    assert fold(fold(text).text).text == fold(text).text


@given(TEXTS, st.data())
def test_every_stretch_leads_back_to_what_it_was(text, data):
    """The original of a stretch, folded, holds the stretch; of the whole it is the whole but for dropped ends."""
    folded = fold(text)
    if not folded.text:
        assert fold(text.strip()).text == ""
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    original = text[slice(*folded.span(start, end))]
    assert folded.text[start:end] in fold(original).text
    whole = folded.span(0, len(folded.text))
    assert fold(text[slice(*whole)]).text == folded.text


def test_stretch_of_decomposed_text_is_exact():
    """A span neither cuts a composed letter nor takes in a neighbour."""
    text = unicodedata.normalize("NFD", "대통령은 … ca\u00adfé au lait")
    folded = fold(text)
    start = folded.text.index("café")
    assert unicodedata.normalize("NFC", text[slice(*folded.span(start, start + 4))]) == "ca\u00adfé"


def test_character_is_the_original_one():
    """A dash and a hyphen fold to one, but the original tells them apart."""
    folded = fold("… a—b c-d")
    assert (folded.character(5), folded.character(9)) == ("—", "-")
