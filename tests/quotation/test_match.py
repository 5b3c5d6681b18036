"""What verifies and what does not."""

from __future__ import annotations

import pytest

from commentary.model import Paragraph, Run
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
    ("source", "text"),
    [
        ("They met on Monday.The board had promised 5km of wall", "on Monday. The board had promised 5 km"),
        ("They met on MondayThe board had promised", "met on Monday The board had promised"),
        ("They won’t open the nor\u00ad\nthern line", "won’t open the northern line"),
        ("They said so (in the report )of the board", "so (in the report) of the board"),
        ("정부는 탈원전정책을 계속 추진 할것이라고 밝혔다", "탈원전 정책을 계속 추진할 것이라고"),
        ("朝鲜 不可能 发动 战争", "朝鲜不可能发动战争"),
    ],
)
def test_page_that_splits_and_glues_differs_in_spacing(source, text):
    """Text equal but for white space has a verdict of its own."""
    assert verify(excerpt(text), page(source)).verdict == Verdict.SPACING


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("the negotiators are nowhere near a deal", "the negotiators are now here near a deal"),
        ("the negotiators are now here near a deal", "the negotiators are nowhere near a deal"),
        ("Им не где жить в этом городе", "Им негде жить в этом городе"),
        ("They asked 1 5 members of the board", "They asked 15 members of the board"),
    ],
)
def test_spaces_do_not_make_other_words(source, text):
    """Where a script sets spaces between words, one word is not two; the hint says what else to write."""
    result = verify(excerpt(text), page(source))
    assert (result.verdict, "spaces" in (result.hint or "")) == (Verdict.ALTERED, True)
    assert result.nearest
    assert verify(excerpt(source), page(source)).verdict == Verdict.VERBATIM


def test_spacing_does_not_cut_words():
    """Dropping spaces is no way round the ends of words."""
    source = page("They called it an unlawful act( of war)")
    assert verify(excerpt("lawful act (of war)"), source).verdict == Verdict.ALTERED
    assert verify(excerpt("unlawful act (of war)"), source).verdict == Verdict.SPACING


@pytest.mark.parametrize("text", ["fficials [all] of the board said", "The officials of the [whole] boa"])
def test_half_a_word_does_not_stand_beside_few(text):
    """Four words must stand at the end that is cut, whichever it is; the hint says what to do."""
    source = page("The officials of the board said that it had to wait.")
    result = verify(excerpt(text), source)
    assert (result.verdict, "quote the whole" in (result.hint or "")) == (Verdict.ALTERED, True)
    assert verify(excerpt("fficials of the board"), source).verdict == Verdict.VERBATIM
    assert verify(excerpt("The officials of the boa"), source).verdict == Verdict.VERBATIM
    assert verify(excerpt("ficials of the"), source).verdict == Verdict.ALTERED


FIRST, SECOND = excerpt("The board had promised a first crossing by May.", "Engineers who inspected the old quay")
PICTURED = page("A gull on a mast. Photo: Mira Lindqvist", *ENGLISH.blocks)


def caption(text):
    """A paragraph marked as a picture's."""
    return Paragraph(runs=excerpt(text)[0].runs, caption=True)


def test_paragraph_breaks_count_as_spaces():
    """The excerpt's paragraphs need not be the source's."""
    assert verify((FIRST, SECOND), ENGLISH).verdict == Verdict.VERBATIM


def test_caption_stands_anywhere_on_the_page():
    """It is no part of the passage, and yet the source's words; where it stands is recorded after the passage's."""
    result = verify((FIRST, caption("A gull on a mast."), SECOND), PICTURED)
    assert result.verdict == Verdict.VERBATIM
    assert words_at(PICTURED, result.segments)[1:] == ["A gull on a mast."]
    assert len(result.passages) == 1
    assert verify((FIRST, *excerpt("A gull on a mast."), SECOND), PICTURED).verdict == Verdict.ALTERED
    assert verify((caption("A gull on a mast."),), PICTURED).verdict == Verdict.VERBATIM


@pytest.mark.parametrize("text", ["A gull on the mast.", "gulls", "2 gulls 👎"])
def test_caption_of_other_words_does_not_stand(text):
    """Nor does the excerpt it stands in; what differs is shown in its place."""
    result = verify((FIRST, caption(text), SECOND), PICTURED)
    assert (result.verdict, bool(result.hint)) == (Verdict.ALTERED, True)
    assert result.nearest
    assert result.nearest.text.startswith(FIRST.text)


def test_scraps_of_a_caption_do_not_stand_beside_an_elision():
    result = verify((FIRST, caption("A […] mast. Photo: Mira Lindqvist")), PICTURED)
    assert (result.verdict, "beside an elision" in (result.hint or "")) == (Verdict.ALTERED, True)


def test_a_caption_that_differs_in_spacing_makes_the_excerpt_differ_so():
    """The verdict is of all that is quoted: the text before the caption is verbatim."""
    spaced = page("A gull( on a mast)", *ENGLISH.blocks)
    assert verify((FIRST, caption("A gull (on a mast)")), spaced).verdict == Verdict.SPACING
    assert verify((FIRST, caption("A gull( on a mast)")), spaced).verdict == Verdict.VERBATIM


def test_caption_alone_that_is_nowhere_is_missing():
    assert verify((caption("Zebras cross the street at midnight"),), PICTURED).verdict == Verdict.MISSING


def test_caption_in_data_alone_is_warned_of():
    """Most pages have their captions in sight."""
    source = PageText(ENGLISH.blocks, ("A gull on a mast.",))
    result = verify((FIRST, caption("A gull on a mast.")), source)
    assert (result.verdict, result.embedded, len(result.segments)) == (Verdict.VERBATIM, False, 1)
    assert "no reader sees" in result.warnings[0]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("the plan was great for everyone in it [all] 👎", Verdict.ALTERED),
        ("the plan was great for everyone in it. […] 👎", Verdict.ALTERED),
        ("the plan was great for everyone in it 👍", Verdict.VERBATIM),
        ("the plan was great for everyone [there] 👍", Verdict.VERBATIM),
        ("a share of [about] 5 [whole] %", Verdict.VERBATIM),
        ("a share of [about] 5 [whole] $", Verdict.ALTERED),
        ("a share of [about] 5 [whole]!", Verdict.VERBATIM),
    ],
)
def test_signs_without_letters_are_compared(text, verdict):
    """An emoji, a percent sign or a currency says something; a lone mark of punctuation belongs to the editor's words."""
    source = page("He said the plan was great for everyone in it 👍 He wants a share of 5 % of the profit.")
    assert verify(excerpt(text), source).verdict == verdict


OWN = "He said [the Democratic People’s Republic of Korea and its allies] would respond in kind to that."


def test_bracket_of_the_sources_own_stands_and_is_told():
    """However long it is; `\\[` says to readers whose it is."""
    result = verify(excerpt(OWN), page(f"Nobody knew. {OWN} Nobody asked."))
    assert (result.verdict, len(result.segments)) == (Verdict.VERBATIM, 1)
    assert "is bracketed in the source itself; write \\[" in result.warnings[0]
    quoted = (Paragraph(runs=(Run(kind="quoted", text=OWN),)),)
    assert verify(quoted, page(OWN)).warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "He said [the Republic of Korea and all of its many allies] would respond in kind to that.",
        "He said [the Democratic People’s Republic of Korea and its allies] would [not] have responded in kind.",
    ],
)
def test_bracket_of_other_words_does_not_pass_for_the_sources(text):
    assert verify(excerpt(text), page(OWN)).verdict == Verdict.ALTERED


def test_brackets_of_both_hands_are_told_apart():
    """One of the source's own, and the same words in the author's hand elsewhere."""
    source = page(f"He wrote “teh plan” [sic]. {OWN} It is teh end of the story.")
    text = f"{OWN} It is teh [sic] end"
    assert verify(excerpt(text), source).verdict == Verdict.VERBATIM
    assert verify(excerpt("[T]he old quay"), page("He wrote: “[T]he old quay”")).verdict == Verdict.VERBATIM


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


def test_words_that_come_again_later_stand_where_they_came_first():
    """Of the places of `the board` the last is behind `agreed to pay`."""
    source = page("On Monday the board quietly agreed to pay, and on Friday the board met once more.")
    result = verify(excerpt("the board [finally] agreed to pay"), source)
    assert words_at(source, result.passages) == ["the board quietly agreed to pay"]


def test_an_interpolation_stands_for_five_words_and_no_more():
    """They are counted from where the words before it end, wherever that is."""
    source = page(*ENGLISH.blocks, "The islanders of five northern Swedish parishes reluctantly agreed to pay for it.")
    assert verify(excerpt("The islanders [there] reluctantly agreed"), source).verdict == Verdict.VERBATIM
    assert verify(excerpt("The islanders [there] agreed to pay"), source).verdict == Verdict.ALTERED


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
    assert verify(excerpt("deal cost \u061c123 dollars"), source).verdict == Verdict.VERBATIM
    isolated = page("He said the deal cost \u2068123\u2069 dollars in the end")
    assert verify(excerpt("the deal cost 123 dollars"), isolated).verdict == Verdict.VERBATIM


def test_bare_dots_that_hide_a_cut_are_explained():
    """Dots without brackets are the source's own; if they are the author's, the hint says what to write."""
    result = verify(excerpt("The board had promised a first crossing … Its workers’ council agreed"), ENGLISH)
    assert result.verdict == Verdict.ALTERED
    assert "write […]" in (result.hint or "")


def test_bare_dots_between_other_words_hide_no_cut():
    """The hint is for an excerpt that would stand with `[…]`; this one would not, and its diff is shown."""
    result = verify(excerpt("The board had promised a first crossing … Its council never agreed to it"), ENGLISH)
    assert (result.verdict, result.hint, bool(result.nearest)) == (Verdict.ALTERED, None, True)
    assert verify(excerpt("Zebras ate … all of the hay"), ENGLISH).verdict == Verdict.MISSING


def test_words_of_embedded_data_are_marked():
    """What no reader of the page sees is found last, and said."""
    source = PageText(("A headline",), ("The whole article stands in a script.",))
    result = verify(excerpt("The whole article stands"), source)
    assert (result.verdict, result.embedded) == (Verdict.VERBATIM, True)
    assert source.embedded_text[slice(*result.segments[0])] == "The whole article stands"
    assert not verify(excerpt("A headline"), source).embedded
