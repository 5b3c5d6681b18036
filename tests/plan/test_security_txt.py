"""/.well-known/security.txt, RFC 9116."""

from datetime import date

import pytest

from commentary.errors import SettingsError
from commentary.plan import make_plan
from commentary.settings import read_settings
from tests.factories import REPOSITORY, make_corpus, make_settings, make_site

PATH = ".well-known/security.txt"


def test_security_txt_names_a_contact_and_the_day_that_the_settings_name():
    site = make_site(security=("mailto:safe@remarks.example", "2027-06-30"))
    pages = {p.path: p for p in make_plan(make_corpus(), make_settings(site=site))}

    assert pages[PATH].inputs.text == (
        "Contact: mailto:safe@remarks.example\nExpires: 2027-06-30T00:00:00Z\nPreferred-Languages: en\n"
        "Canonical: https://remarks.example/.well-known/security.txt\n"
    )
    assert "/.well-known/*" in pages["_headers"].inputs.text


def test_without_a_contact_there_is_no_security_txt():
    assert PATH not in {p.path for p in make_plan(make_corpus(), make_settings())}


@pytest.mark.parametrize("value", [("safe@remarks.example", "2027-06-30"), ("mailto:safe@remarks.example", "soon")])
def test_a_contact_that_cannot_be_right_is_told(value):
    raw = {"SITENAME": "A", "AUTHOR": "B", "COMMENTARY_SECURITY": value}

    with pytest.raises(SettingsError, match="COMMENTARY_SECURITY"):
        read_settings(raw, root=REPOSITORY)


def test_the_shipped_contact_has_not_expired():
    """A reminder for maintainers, in the year before the day."""
    text = (REPOSITORY / "pelicanconf.py").read_text("utf-8")
    assert "COMMENTARY_SECURITY" in text
    assert date.fromisoformat(text.split("COMMENTARY_SECURITY", 1)[1].split('"')[3]) > date(2027, 1, 1)
