"""The passage that an altered excerpt came from."""

from __future__ import annotations

from random import Random

import pytest
from rapidfuzz import fuzz

from commentary.quotation.match import verify
from commentary.quotation.nearest import Change
from commentary.quotation.page_text import PageText
from tests.quotation.texts import ENGLISH, JAPANESE, KOREAN, excerpt


def changes(text, source):
    """What differs, equal words left out."""
    nearest = verify(excerpt(text), source).nearest
    assert nearest
    return [change for change in nearest.changes if change.operation != "equal"]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        (ENGLISH, "We will open the northern line before", [Change("insert", "not ")]),
        (ENGLISH, "nearly 1.5 metres of its old wall had been", [Change("delete", "old ")]),
        (ENGLISH, "told journalists on Monday.", [Change("delete", "journalists "), Change("insert", "reporters ")]),
        (KOREAN, "북부 노선을 열겠다”고 말했다.", [Change("delete", "열겠다"), Change("insert", "열지 않겠다")]),
        (JAPANESE, "最初の運行を約束", [Change("delete", "行"), Change("insert", "航")]),
    ],
)
def test_what_differs_is_told_word_by_word(source, text, expected):
    """Words are inserted or deleted on the way from the excerpt to the source; in Japanese, characters."""
    assert changes(text, source) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will not open the northern line before the quays are safe.", [("-", "."), ("+", ",")]),
        ("told reporters on Monday; the board", [("-", "; the"), ("+", ". The")]),
        ("the chairwoman, Ada.", [("-", ".")]),
        ("Opponents remain unconvinced, they say.", [("-", ", they"), ("+", ". They"), ("-", ".")]),
        ("…hurt so far", []),
        ("agreed to the plot.", [("-", "plot"), ("+", "plan")]),
        (
            "The board had promised a last ferry by June.",
            [("-", "last ferry"), ("+", "first crossing"), ("-", "June"), ("+", "May")],
        ),
        ("낡은 부두를 점검한 기술자들은 벽이 거의.", [("-", ".")]),
    ],
)
def test_no_more_of_the_source_is_told_than_the_excerpt_has_there(text, expected):
    """Where an excerpt ends in the middle of a sentence of the source, the rest of it is not what it should have said."""
    found = verify(excerpt(text), ENGLISH if text.isascii() or text[0] == "…" else KOREAN).nearest
    signs = {"delete": "-", "insert": "+"}

    assert [
        (signs[c.operation], c.text.strip()) for c in (found.changes if found else ()) if c.operation in signs
    ] == expected


@pytest.mark.parametrize("text", ["hello there", "a first aid kit", "the tax", "safe and sound"])
def test_a_few_words_of_which_hardly_one_is_there_have_no_nearest_passage(text):
    assert verify(excerpt(text), ENGLISH).nearest is None


def test_excerpt_is_put_right_and_keeps_the_marks():
    """The corrected text has the source's words; elisions, good interpolations and the author's quotes stay."""
    text = '[T]he old quays in January [2025] found that nearly 1.5 metres (….) any further delay "unlawful and very unwise"'
    nearest = verify(excerpt(text), ENGLISH).nearest
    assert nearest
    assert (
        nearest.text
        == '[T]he old quay in January [2025] found that nearly 1.5 metres (….) any further delay "unlawful and unwise"'
    )
    assert verify(excerpt(nearest.text), ENGLISH).verdict.stands


def test_segment_that_is_nowhere_is_struck_out():
    """Beside a segment that stands, an invented one is deleted and nothing put in its place."""
    text = "The board had promised a first crossing by May. […] Parliament dissolved itself at midnight."
    assert changes(text, ENGLISH) == [Change("delete", "Parliament dissolved itself at midnight. ")]


def test_excerpt_longer_than_its_source_has_a_nearest_passage():
    """A source of one line does not confuse the search."""
    page = PageText(("The board had promised a first crossing by May.",))
    assert changes("The board had promised a first crossing by May, it was said.", page)


@pytest.mark.parametrize("cut", [slice(None, -1), slice(1, None)])
def test_long_excerpt_is_found_by_either_end(cut):
    """Where one end of two thousand words is invented, the other leads to the passage."""
    blocks = [f"Paragraph {number} of the minutes says what was agreed on item {number}." for number in range(300)]
    page = PageText((*ENGLISH.blocks, *blocks))
    invented = "Parliament dissolved itself at midnight. " * 30
    text = " ".join(["", *blocks, ""][cut]).strip()
    text = f"{text} {invented}" if cut.start is None else f"{invented} {text}"
    nearest = verify(excerpt(text), page).nearest
    assert nearest
    assert "Paragraph 150 of the minutes" in nearest.text


def test_excerpt_longer_than_any_passage_is_missing():
    """A hundred kilobytes of something else are told apart in no time."""
    assert verify(excerpt("zebra crossing " * 7_000), ENGLISH).nearest is None


@pytest.fixture(name="looked_at")
def _looked_at(monkeypatch):
    """How long each stretch was that an excerpt was aligned with."""
    align, lengths = fuzz.partial_ratio_alignment, []

    def watched(window, text, **kwargs):
        lengths.append(len(text))
        return align(window, text, **kwargs)

    monkeypatch.setattr(fuzz, "partial_ratio_alignment", watched)
    return lengths


def test_a_long_page_that_repeats_itself_is_not_looked_through_word_for_word(looked_at):
    """It took half a minute: nothing in it is more like the excerpt than the rest."""
    page = PageText(("word " * 200_000,))
    nearest = verify(excerpt("wird " * 600), page).nearest
    assert nearest
    assert nearest.score == 80
    assert sum(looked_at) < 50_000


def test_the_passage_of_a_long_page_is_the_one_that_a_search_of_all_finds(monkeypatch):
    random = Random(7)
    words = ["".join(random.choices("etaoinshrdlu", k=random.randint(2, 9))) for _ in range(800)]
    told = random.choices(words, k=100_000)
    page = PageText((" ".join(told),))
    for _ in range(5):
        start = random.randrange(len(told) - 300)
        altered = (random.choice(words) if random.random() < 0.25 else word for word in told[start : start + 300])
        text = excerpt(" ".join(altered))
        with monkeypatch.context() as patch:
            patch.setattr("commentary.quotation.nearest.MAX_WORK", 10**18)
            of_all = verify(text, page).nearest
        assert verify(text, page).nearest == of_all
        assert of_all
