"""
The words of the interface in the site's language, from gettext catalogues in the theme.

English is what templates and modules hold; `theme/locale/LANG/LC_MESSAGES/commentary.po` says it in another
language. The catalogue is read as translators write it, so that no compiled copy of it can be stale.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING

from commentary.errors import SettingsError
from commentary.findings import Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCE = "en"  # the language that is written in the templates


@dataclass(frozen=True, slots=True)
class Wording:
    """The interface in one language."""

    lang: str  # of the words: the site's, else English
    digest: str  # of the catalogue, for the keys of pages
    translations: NullTranslations


def read_wording(theme: Path, lang: str) -> Wording:
    """The interface's words in the language of the site: `pt_BR`, else `pt`, else English.

    SettingsError: the catalogue cannot be read.
    """
    for name in (_locale(lang), lang.partition("-")[0]):
        catalogue = theme / "locale" / name / "LC_MESSAGES/commentary.po"
        if catalogue.is_file():
            text = catalogue.read_bytes()
            return Wording(lang, hashlib.sha256(text).hexdigest(), _compiled(text, catalogue))
    return Wording(lang if _is_source(lang) else SOURCE, "", NullTranslations())


def words_are_known(wording: Wording, lang: str) -> Iterator[Finding]:
    """A finding if the interface speaks English on a site of another language."""
    if wording.lang != lang:
        yield found(
            "pelicanconf.py",
            1,
            "no-catalogue",
            f"DEFAULT_LANG is {lang}, but the theme has no words in it; "
            f"{_meant(lang)}write theme/locale/{_locale(lang)}/LC_MESSAGES/commentary.po",
        )


def _meant(lang: str) -> str:
    """The language of a country whose code stands in its language's place."""
    from babel import Locale, UnknownLocaleError, localedata  # noqa: PLC0415 - only where something is wrong

    if len(lang) != 2 or localedata.exists(lang.lower()):  # noqa: PLR2004 - letters of a country's code
        return ""
    try:
        spoken = Locale.parse(f"und_{lang.upper()}").language
    except (ValueError, UnknownLocaleError):
        return ""
    return f"{lang} is a country, did you mean {spoken}? Or " if spoken != SOURCE else ""


def _locale(lang: str) -> str:
    """A language as gettext writes it: `pt_BR`."""
    return lang.replace("-", "_")


def _is_source(lang: str) -> bool:
    return lang.partition("-")[0] == SOURCE


def _compiled(text: bytes, path: Path) -> GNUTranslations:
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - slow to import, and only other languages need it
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    try:
        write_mo(compiled, read_po(io.BytesIO(text), locale=path.parts[-3], abort_invalid=True))
    except (PoFileError, ValueError) as cause:
        raise SettingsError(f"{path} is no gettext catalogue: {cause}; mend it, or run `make words`") from cause
    return GNUTranslations(io.BytesIO(compiled.getvalue()))
