"""What verifies and what does not."""

from __future__ import annotations

import pytest

from commentary.model import Paragraph
from commentary.quotation.match import verify
from commentary.quotation.page_text import PageText
from commentary.quotation.verdict import Verdict
from tests.quotation.texts import ENGLISH, JAPANESE, KOREAN, excerpt


def page(*blocks):
    """A page of the given blocks."""
    return PageText(blocks)


def words_at(source, spans):
    """What the source has at some spans."""
    return [source.text[slice(*span)] for span in spans]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (ENGLISH, '"We will not open the northern line before the quays are safe,"'),
        (ENGLISH, "1.5 metres of its wall had been washed out"),
        (ENGLISH, "as before, and tickets [for the north] that were sold"),
        (ENGLISH, "[E]ngineers who inspected the old quay"),
        (ENGLISH, "[T]he old quay in January found"),
        (ENGLISH, "The board [of the harbour] promised a first crossing by May."),
        (ENGLISH, "a first crossing by May. […] Its workers’ council agreed to the plan."),
        (ENGLISH, "Its workers’ council agreed to the plan. (….)"),
        (ENGLISH, "it want[ed] a new timetable."),
        (ENGLISH, "unwise” … although nobody"),
        (KOREAN, "북부 노선을 열지 않겠다”고 말했다."),
        (KOREAN, "새로운 일정"),
        (KOREAN, "지난 1월 낡은 부두를 점검한 기술자들은 […] 어리석은 일이라고 지적했다."),
        (JAPANESE, "北の航路を開くつもりはない"),
        (JAPANESE, "一月に古い岸壁を調べた技術者たちは、[…]これ以上の遅れは違法であり"),
    ],
)
def test_quoted_words_are_verbatim(source, text):
    """An excerpt in the source's words, with an editor's marks in their place, is verbatim without a warning."""
    result = verify(excerpt(text), source)
    assert (result.verdict, result.warnings) == (Verdict.VERBATIM, ())


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (ENGLISH, "We will open the northern line before the quays are safe"),
        (ENGLISH, "we will not open the northern line"),
        (ENGLISH, "We will not open the northern lines"),
        (ENGLISH, "the board asked the island villages what they need"),
        (ENGLISH, "first passenger sets foot on a quay. Opponents remain unconvinced."),
        (ENGLISH, "lawful and unwise"),
        (ENGLISH, "lawful and unwise” … although nobody has been hurt"),
        (ENGLISH, "shipyard, which can"),
        (ENGLISH, "The well-known shipyard, which can"),
        (ENGLISH, "5 metres of its wall had been washed out"),
        (ENGLISH, "known shipyard"),
        (ENGLISH, "The board [had been asked to] open a first crossing by May"),
        (ENGLISH, "Engineers [say] had been washed out"),
        (ENGLISH, "first crossing by May. [E]ngineers found"),
        (ENGLISH, "a first […] Its workers’ council agreed to the plan."),
        (ENGLISH, "Its workers’ council agreed to the plan. […] The board had promised a first crossing"),
        (KOREAN, "북부 노선을 열겠다”고 말했다."),
        (KOREAN, "법이며 어리석은 일이라고 지적했다."),
        (JAPANESE, "北の航路を開くつもりだ"),
        (JAPANESE, "一月に古い岸壁を[…]委員長は月曜日、記者団に"),
    ],
)
def test_other_words_do_not_stand(source, text):
    """A word changed, dropped, added or cut to another, or segments out of order, never verify."""
    assert verify(excerpt(text), source).verdict == Verdict.ALTERED


def test_words_from_elsewhere_are_missing():
    """Nothing near is another verdict than something altered."""
    result = verify(excerpt("Parliament dissolved itself after a night of speeches on the budget"), ENGLISH)
    assert (result.verdict, result.nearest) == (Verdict.MISSING, None)


@pytest.mark.parametrize("paragraphs", [(), ("",), ("[…] [sic] “”",)])
def test_excerpt_without_quoted_words_is_missing(paragraphs):
    """There is nothing to verify, and the hint says so."""
    result = verify(excerpt(*paragraphs), ENGLISH)
    assert result.verdict == Verdict.MISSING
    assert "quotes no words" in (result.hint or "")


@pytest.mark.parametrize(
    "text",
    [
        "Wewill not open the north ern line",
        "Monday. The board had promised",
    ],
)
def test_page_that_splits_and_glues_words_differs_in_spacing(text):
    """Text equal but for white space has a verdict of its own."""
    source = page("“We will not open the nor thern line before the quays are safe,” on Monday.The board had promised")
    assert verify(excerpt(text), source).verdict == Verdict.SPACING


def test_spacing_does_not_cut_words():
    """Dropping spaces is no way round the ends of words."""
    source = page("They called it an unlawful act of war")
    assert verify(excerpt("lawful actof war"), source).verdict == Verdict.ALTERED
    assert verify(excerpt("unlawful actof war"), source).verdict == Verdict.SPACING


def test_half_a_word_at_an_end_is_warned_of():
    """A long excerpt may begin or end within a word, not silently."""
    result = verify(excerpt("ngineers who inspected the old quay in Janu"), ENGLISH)
    assert result.verdict == Verdict.VERBATIM
    assert len(result.warnings) == 2
    assert "“Engineers”" in result.warnings[0]
    assert "“January”" in result.warnings[1]


def test_paragraph_breaks_count_as_spaces_and_captions_not_at_all():
    """The excerpt's paragraphs need not be the source's; a caption is no part of the passage."""
    first, second = excerpt("The board had promised a first crossing by May.", "Engineers who inspected the old quay")
    caption = Paragraph(runs=excerpt("A gull on a mast")[0].runs, caption=True)
    assert verify((first, caption, second), ENGLISH).verdict == Verdict.VERBATIM
    assert verify((first, caption.model_copy(update={"caption": False}), second), ENGLISH).verdict == Verdict.ALTERED


def test_segments_passages_and_words_left_out_are_recorded():
    """Segments are split at every mark, passages at elisions only."""
    result = verify(
        excerpt("The board [of the harbour] promised a first crossing […] Its workers’ council agreed"), ENGLISH
    )
    assert words_at(ENGLISH, result.segments) == [
        "The board",
        "promised a first crossing",
        "Its workers’ council agreed",
    ]
    assert words_at(ENGLISH, result.passages) == [
        "The board had promised a first crossing",
        "Its workers’ council agreed",
    ]
    omitted = words_at(ENGLISH, result.omitted)
    assert omitted[0] == "had"
    assert omitted[1].startswith("by May.\nEngineers")


def test_segments_are_found_where_least_is_left_out():
    """A phrase that stands earlier too does not stretch the elision."""
    source = page(
        "We met in the old town hall.",
        *["Filler of no interest."] * 90,
        "We met in the old town hall. Then we left it.",
    )
    result = verify(excerpt("We met in the old […] Then we left it."), source)
    assert words_at(source, result.omitted) == ["town hall."]
    assert result.warnings == ()


def test_greedy_choice_does_not_mislead():
    """A later segment may need another place of an earlier one: the first `the board` is too far from `agreed`."""
    source = page("Then the board met for a whole day in the island villages, and the board quietly agreed to pay.")
    result = verify(excerpt("the board [finally] agreed to pay"), source)
    assert words_at(source, result.passages) == ["the board quietly agreed to pay"]


def test_recurring_segments_end():
    """Words that stand everywhere do not multiply the ways to look at: this would else run for ever."""
    source = page("the cat and " * 300)
    text = "the [x] cat [x] and [x] " * 40
    assert verify(excerpt(text), source).verdict.stands
    assert not verify(excerpt(text + "the end of the story"), source).verdict.stands


def test_words_shown_in_another_order_do_not_stand():
    """An override is invisible and so folded away, but a browser shows 321; the page's own controls do no harm."""
    source = page("He said the deal cost 123 dollars in the end")
    result = verify(excerpt("He said the deal cost \u202e123\u202c dollars in the end"), source)
    assert (result.verdict, "U+202E" in (result.hint or "")) == (Verdict.ALTERED, True)
    assert verify(excerpt("deal cost \u200e123 dollars"), source).verdict == Verdict.VERBATIM
    isolated = page("He said the deal cost \u2068123\u2069 dollars in the end")
    assert verify(excerpt("the deal cost 123 dollars"), isolated).verdict == Verdict.VERBATIM


def test_bare_dots_that_hide_a_cut_are_explained():
    """Dots without brackets are the source's own; if they are the author's, the hint says what to write."""
    result = verify(excerpt("The board had promised a first crossing … Its workers’ council agreed"), ENGLISH)
    assert result.verdict == Verdict.ALTERED
    assert "write […]" in (result.hint or "")


def test_words_of_embedded_data_are_marked():
    """What no reader of the page sees is found last, and said."""
    source = PageText(("A headline",), ("The whole article stands in a script.",))
    result = verify(excerpt("The whole article stands"), source)
    assert (result.verdict, result.embedded) == (Verdict.VERBATIM, True)
    assert source.embedded_text[slice(*result.segments[0])] == "The whole article stands"
    assert not verify(excerpt("A headline"), source).embedded


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("workers’ council [not] agreed to the plan", "[not] negates"),
        ("Safe quays are a [un]lawful aim", "[un] negates"),
        ("We will [surely] open the northern line", "“not” is left out"),
        ("Ada Brandt, told reporters on […] islands continue as before, and tickets", "words left out"),
        ("say that the board […] asked the island villages what", "“never” is left out"),
        ("더 미루는 것은 [안] 불법이며", "[안] negates"),
    ],
)
def test_words_stand_but_sense_may_not(text, warning):
    """An editor's mark that turns the sense, or leaves out much, is warned of."""
    filler = ["Filler of no interest at all."] * 60
    source = page(*ENGLISH.blocks[:3], *filler, *ENGLISH.blocks[3:], "Safe quays are a lawful aim.", *KOREAN.blocks)
    result = verify(excerpt(text), source)
    assert result.verdict == Verdict.VERBATIM
    assert [line for line in result.warnings if warning in line]


def test_negation_of_a_sentence_left_out_whole_is_no_warning():
    """Only sentences that are quoted in part can be turned round."""
    text = "The board had promised a first crossing by May. […] Its workers’ council agreed to the plan."
    assert verify(excerpt(text), ENGLISH).warnings == ()
