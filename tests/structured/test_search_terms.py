"""What texts are found by: the same cases that the script is held to in a browser (tests/browser/test_search.py)."""

import json

import pytest

from commentary.structured.search.shape import hash_of
from commentary.structured.search.terms import fold, key_of, terms
from tests.factories import REPOSITORY

CASES = json.loads((REPOSITORY / "tests/structured/fixtures/search_cases.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "folded"), CASES["fold"])
def test_texts_that_differ_in_case_marks_or_width_fold_alike(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(("text", "expected"), CASES["terms"])
def test_a_text_has_these_terms(text, expected):
    assert terms(text) == set(expected)


@pytest.mark.parametrize(("term", "key"), CASES["keys"])
def test_a_term_stands_with_those_of_its_key(term, key):
    assert key_of(term) == key


@pytest.mark.parametrize(("key", "value"), CASES["hashes"])
def test_keys_hash_alike_everywhere(key, value):
    assert hash_of(key) == value


@pytest.mark.parametrize(
    ("query", "text"), [("서울", "서울은"), ("서울", "서울에서"), ("금리", "기준금리"), ("북한", "북한군")]
)
def test_a_korean_word_is_found_wherever_it_stands(query, text):
    (pair,) = (term for term in terms(query) if len(term) > 1)

    assert pair in terms(text)


def test_what_only_meets_across_a_space_is_another_term():
    """금리 does not find 지금 리뷰, yet 북한군 can be asked for as 북한 군."""
    assert "금리" not in terms("지금 리뷰")
    assert "한 군" in terms("북한 군")
    assert "한군" in terms("북한군")


@pytest.mark.parametrize("mark", "’‘“”—–…")
def test_a_typographic_mark_parts_words_as_any_other_does(mark):
    """Also in Greek, where the letter before it decides which sigma it is."""
    assert terms(f"ΟΔΟΣ{mark} Α") == terms("ΟΔΟΣ! Α") == {"οδος", "α", "ος α"}
    assert terms(f"북한{mark} 군") == terms("북한! 군")
    assert terms(f"the{mark}tariff") == {"the", "tariff", "he ta"}
