"""Every word of the interface is said in every language that the theme has."""

from __future__ import annotations

import io
import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from commentary.errors import SettingsError
from commentary.findings import Finding
from commentary.templating.interface import read_wording, words_are_known
from tests.factories import REPOSITORY

THEME = REPOSITORY / "theme"
CATALOGUES = sorted(THEME.glob("locale/*/LC_MESSAGES/commentary.po"))

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Topics"\nmsgstr "{}"\n'


@pytest.fixture(name="marked", scope="module")
def _marked() -> Catalog:
    """Every string that is marked in templates and modules, as `make words` collects them."""
    mappings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {mapping["pattern"]: {"extensions": mapping.get("extensions", "")} for mapping in mappings}
    catalogue = Catalog()
    for name in ("theme", "plugins"):
        found = extract_from_dir(
            REPOSITORY / name, [(p.removeprefix(f"{name}/"), m) for p, m in methods if p.startswith(name)],
            options_map={p.removeprefix(f"{name}/"): o for p, o in options.items()},
        )  # fmt: skip
        for _, _, message, _, _ in found:
            catalogue.add(message)
    assert len(catalogue) > 50
    return catalogue


def test_korean_is_there() -> None:
    assert [path.parts[-3] for path in CATALOGUES] == ["ko"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_marked_string_is_translated_and_nothing_else(path: Path, marked: Catalog) -> None:
    """`make words` brings a catalogue up to date; what it then leaves empty is for a translator."""
    catalogue = read(path)
    translated = {m.id for m in catalogue if m.id and not m.fuzzy and all(_strings(m.string))}

    assert translated == {m.id for m in marked if m.id}
    assert not catalogue.obsolete


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_translation_has_the_names_of_what_it_translates(path: Path) -> None:
    for message in read(path):
        wanted = set.union(*map(_names, _strings(message.id)))
        assert [_names(one) for one in _strings(message.string)] == [wanted] * len(_strings(message.string)), message.id


def read(path: Path) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), locale=path.parts[-3])


def _strings(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _names(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


def write(folder: Path, lang: str, text: str) -> Path:
    path = folder / "locale" / lang / "LC_MESSAGES/commentary.po"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return folder


def test_a_region_has_its_own_words_or_its_languages(tmp_path: Path) -> None:
    theme = write(tmp_path, "pt", PO.format("Temas"))
    assert read_wording(theme, "pt-BR").translations.gettext("Topics") == "Temas"

    write(tmp_path, "pt_BR", PO.format("Assuntos"))
    assert read_wording(theme, "pt-BR").translations.gettext("Topics") == "Assuntos"


def test_a_language_without_a_catalogue_is_english_and_says_so(tmp_path: Path) -> None:
    wording = read_wording(tmp_path, "fr")
    assert (wording.lang, wording.translations.gettext("Topics")) == ("en", "Topics")
    assert [type(finding) for finding in words_are_known(wording, "fr")] == [Finding]
    assert list(words_are_known(read_wording(tmp_path, "en-GB"), "en-GB")) == []


@pytest.mark.parametrize("lang", ["fr", "pt-BR"])
def test_the_catalogue_that_is_asked_for_is_the_one_that_is_read(tmp_path: Path, lang: str) -> None:
    theme = tmp_path / "theme"
    (finding,) = words_are_known(read_wording(theme, lang), lang)

    catalogue = tmp_path / finding.message.rpartition("write ")[2]
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(PO.format("Autres"), "utf-8")

    assert read_wording(theme, lang).translations.gettext("Topics") == "Autres"


def test_a_changed_word_changes_the_keys_of_pages(tmp_path: Path) -> None:
    before = read_wording(write(tmp_path / "a", "pt", PO.format("Temas")), "pt")
    after = read_wording(write(tmp_path / "b", "pt", PO.format("Assuntos")), "pt")
    assert before.digest != after.digest


def test_a_broken_catalogue_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is no gettext catalogue") as caught:
        read_wording(write(tmp_path, "pt", 'msgid "Topics"\nwrong "Temas"\n'), "pt")
    assert len(str(caught.value).splitlines()) == 1
