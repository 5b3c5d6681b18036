"""The interface speaks the site's language, or its author is told why not."""

from gettext import NullTranslations

import pytest

from commentary.templating.interface import Wording, words_are_known


def told(lang):
    (finding,) = words_are_known(Wording("en", "", NullTranslations()), lang)
    return finding.message.partition("; ")[2]


@pytest.mark.parametrize(("lang", "meant"), [("kr", "ko"), ("jp", "ja"), ("cn", "zh"), ("ua", "uk")])
def test_a_countrys_code_is_no_language(lang, meant):
    way = f"write theme/locale/{lang}/LC_MESSAGES/commentary.po"

    assert told(lang) == f"{lang} is a country, did you mean {meant}? Or {way}"


@pytest.mark.parametrize("lang", ["sv", "zz", "fr-CA", "tlh", "pt-BR"])
def test_another_language_is_taken_as_it_is(lang):
    """Swedish is spoken elsewhere than in El Salvador, whose code is sv; folders have gettext's underscore."""
    assert told(lang) == f"write theme/locale/{lang.replace('-', '_')}/LC_MESSAGES/commentary.po"
