"""How much is quoted."""

from __future__ import annotations

import pytest

from commentary.model import Excerpt, Remark
from commentary.quotation.share import share_of_post, share_of_source
from tests.factories import make_post
from tests.quotation.texts import excerpt


def an_excerpt(*paragraphs, **changes):
    """An excerpt with only what counts."""
    return Excerpt(line=1, html="", paragraphs=excerpt(*paragraphs), **changes)


def test_words_of_all_excerpts_count_against_the_source():
    """Marks of the editor's do not count, nor does punctuation."""
    excerpts = [an_excerpt("One two [or more] three, […]"), an_excerpt("four — five.")]
    assert share_of_source(excerpts, "word " * 50) == pytest.approx(0.1)


def test_characters_count_in_korean_chinese_and_japanese():
    """Spaces there do not make a passage longer."""
    assert share_of_source([an_excerpt("한국 의")], "한국의 어느 언론") == pytest.approx(3 / 7)
    assert share_of_source([an_excerpt("日本の新聞")], "日本の新聞。" * 4) == pytest.approx(1 / 4)


def test_original_counts_instead_of_its_translation():
    """The source's own words are what is taken from it."""
    translated = an_excerpt("A long translation of it.", original=excerpt("eins zwei"))
    assert share_of_source([translated], "eins zwei drei vier") == pytest.approx(0.5)


def test_source_without_words_has_no_share():
    """Nothing can be said of a page without text."""
    assert share_of_source([an_excerpt("one")], "…") is None


def test_share_of_a_post_is_of_all_its_words():
    """The quotation's part of what a reader reads."""
    post = make_post(
        parts=(an_excerpt("one two three"), Remark(line=3, html="", text="four five six seven eight nine"))
    )
    assert share_of_post(post) == pytest.approx(1 / 3)
