"""What holds of any passage of any text."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from commentary.quotation.fold import fold
from commentary.quotation.match import verify
from commentary.quotation.verdict import Verdict
from commentary.words import measure
from tests.quotation.texts import JAPANESE, KOREAN, PAGES, excerpt

QUOTES = {'"': '“”„«»"', "'": "‘’′'", "-": "–—‒-"}


def pieces(page):
    """A page's text cut where a quotation may begin and end: at spaces, in Japanese anywhere but before `ない`."""
    return re.findall("(?s).(?:ない)?", page.text) if page is JAPANESE else [f"{word} " for word in page.text.split()]


@st.composite
def passages(draw, at_least=1):
    """A page, and the bounds of a passage of it in pieces."""
    page = draw(st.sampled_from(PAGES))
    words = pieces(page)
    least = at_least * (4 if page is JAPANESE else 1)
    start = draw(st.integers(0, len(words) - least))
    return page, words, start, draw(st.integers(start + least, min(len(words), start + least + 60)))


def has_words(text):
    """Whether a text is long enough to stand beside an elision."""
    return measure(text).weight >= 4


def squeezed(text):
    """A text as it is compared, without spaces."""
    return fold(text).squeezed


@st.composite
def disguised(draw, text):
    """The same words, written otherwise: other quotes and spaces, invisible characters, decomposed letters."""
    out = []
    for character in fold(text).text:
        if character == " ":
            out.append(draw(st.sampled_from([" ", "  ", "\u00a0", "\n", "\u3000 "])))
        else:
            out.append(draw(st.sampled_from(QUOTES.get(character, character))))
            out.append(draw(st.sampled_from(["", "", "", "", "\u00ad", "\u200b"])))
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), "".join(out))


@given(passages(), st.data())
def test_any_passage_is_verbatim_however_it_is_written(passage, data):
    """Typographic quotes, spaces, soft hyphens and compositions do not matter."""
    page, words, start, end = passage
    text = "".join(words[start:end]).strip()
    assume(measure(text).weight)
    assert verify(excerpt(data.draw(disguised(text))), page).verdict == Verdict.VERBATIM


@given(passages(at_least=5), st.data())
def test_any_passage_without_its_spaces_stands(passage, data):
    """Where only white space differs the verdict says so; but a word of Latin letters is not run into another."""
    page, words, start, end = passage
    text = fold("".join(words[start:end])).text.strip()
    spaces = [match.start() for match in re.finditer(" ", text)]
    assume(spaces)
    space = data.draw(st.sampled_from(spaces))
    before, after = text[space - 1], text[space + 1]
    runs_into = page is not KOREAN and before.isalpha() and (after.islower() or before.isupper())
    assert verify(excerpt(text[:space] + text[space + 1 :]), page).verdict.stands is not runs_into


@given(passages(at_least=12), st.data())
def test_any_passage_with_an_elision_is_verbatim(passage, data):
    """Four words on either side are enough."""
    page, words, start, end = passage
    first = data.draw(st.integers(start + 1, end - 2))
    second = data.draw(st.integers(first + 1, end - 1))
    left, right = "".join(words[start:first]).strip(), "".join(words[second:end]).strip()
    assume(has_words(left) and has_words(right))
    mark = data.draw(st.sampled_from(["[…]", "(...)", "(….)"]))
    assert verify(excerpt(f"{left} {mark} {right}"), page).verdict == Verdict.VERBATIM


@given(passages(at_least=2), st.data())
def test_no_passage_with_a_word_replaced_stands(passage, data):
    """Another word in place of one, from the page or not, and the passage is not the source's."""
    page, words, start, end = passage
    text = words[start:end]
    at = data.draw(st.integers(0, len(text) - 1))
    text[at] = data.draw(st.sampled_from(pieces(page)) | st.sampled_from(["zebra ", "얼룩말 ", "縞馬"]))
    new = "".join(text).strip()
    assume(squeezed(new) not in squeezed(page.text) and measure(new).weight)
    assert not verify(excerpt(new), page).verdict.stands


@given(passages(at_least=3), st.data())
def test_no_passage_with_a_word_dropped_stands(passage, data):
    """A word left out without a mark, and the passage is not the source's."""
    page, words, start, end = passage
    at = data.draw(st.integers(start + 1, end - 2))
    new = "".join(words[start:at] + words[at + 1 : end]).strip()
    assume(squeezed(new) not in squeezed(page.text) and measure(new).weight)
    assert not verify(excerpt(new), page).verdict.stands


@given(passages(at_least=12), st.data())
def test_no_swapped_segments_stand(passage, data):
    """Order counts across an elision."""
    page, words, start, end = passage
    cut = data.draw(st.integers(start + 1, end - 1))
    left, right = "".join(words[start:cut]).strip(), "".join(words[cut:end]).strip()
    assume(has_words(left) and has_words(right))
    assume(all(squeezed(page.text).count(squeezed(side)) == 1 for side in (left, right)))
    assert not verify(excerpt(f"{right} […] {left}"), page).verdict.stands


@given(passages(at_least=2), st.sampled_from(["[not]", "[never]", "[않은]", "[ない]", "[ne pas]"]), st.data())
def test_no_negation_is_put_in_silently(passage, mark, data):
    """An interpolation may add words, but one that negates is always warned of."""
    page, words, start, end = passage
    at = data.draw(st.integers(start, end))
    text = "".join([*words[start:at], f"{mark} ", *words[at:end]]).strip()
    assume(measure(text).weight > measure(mark).weight)
    result = verify(excerpt(text), page)
    assert not result.verdict.stands or result.warnings


@given(st.sampled_from(PAGES[:2]), st.data())
def test_no_mosaic_is_silent(page, data):
    """Scraps put together with many elisions are warned of, although each stands in the source."""
    words = pieces(page)
    scraps, at = [], 0
    for left_out in data.draw(st.lists(st.integers(1, 3), min_size=5, max_size=5)):
        at += left_out
        scraps.append("".join(words[at : at + 5]).strip())
        at += 5
    assert len(words) >= at
    assume(all(map(has_words, scraps)))
    result = verify(excerpt(" […] ".join(scraps)), page)
    assert result.verdict == Verdict.VERBATIM
    assert result.warnings
