"""The length of texts."""

from __future__ import annotations

import unicodedata

import pytest

from commentary.words import Length, measure


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", Length(0, 0)),
        ("“Three plain words,” — […]", Length(3, 0)),
        ("Seoul’s two-day visit", Length(3, 0)),
        ("about 2,500 soldiers in the U.N. force", Length(7, 0)),
        ("통일부는 밝혔다", Length(0, 7)),
        ("東京で会った", Length(0, 6)),
        ("KCNA는 보도했다", Length(1, 5)),
        ("snake_case, _so_", Length(3, 0)),
        ("प्रतिबंध हटाएगा", Length(2, 0)),
        ("தடையை நீக்கும்", Length(2, 0)),
        ("قَالَ الوَزِيرُ", Length(2, 0)),
        ("x\u0304y\u0304 z", Length(2, 0)),
        ("a東b.京c", Length(3, 2)),
    ],
)
def test_words_are_counted_in_spaced_scripts_and_characters_in_others(text: str, length: Length) -> None:
    assert measure(text) == length


def test_the_form_of_unicode_changes_no_length() -> None:
    """Hangul of three code points a syllable is as long as the same Hangul composed."""
    text = "통일부 café"

    assert measure(unicodedata.normalize("NFD", text)) == measure(text) == Length(1, 3)


def test_two_characters_weigh_as_a_word() -> None:
    assert measure("KCNA는 보도했다").weight == 3.5
