from datetime import date, datetime, timedelta

import pytest

from commentary.model import Correction, Document, Status
from commentary.plan import Kind, make_plan
from commentary.structured import sitemap
from tests.factories import ZONE, make_corpus, make_post, make_settings

START = datetime(2025, 1, 1, 12, tzinfo=ZONE)
CORRECTED = datetime(2025, 4, 1, 12, tzinfo=ZONE)


def plan(*posts, **changes):
    return {page.path: page for page in make_plan(make_corpus(*posts, **changes), make_settings())}


def changes_of(*posts, **changes):
    """Address -> last change, as the sitemap says."""
    entries = plan(*posts, **changes)["sitemap.xml"].inputs.entries
    return {address: changed and moment(changed) for address, changed in entries}


def moment(text):
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def a_post(number, **changes):
    return make_post(slug=f"post-{number}", posted=START + timedelta(days=number), **changes)


def test_a_post_changed_when_it_was_posted_and_again_when_it_was_corrected():
    correction = Correction(date=CORRECTED, note="It was ninety days.")
    changed = changes_of(a_post(0), a_post(1, corrections=(correction,)))

    assert changed["/2025/01/01/post-0/"] == START
    assert changed["/2025/01/02/post-1/"] == CORRECTED


def test_a_list_changed_with_the_newest_of_its_posts():
    changed = changes_of(a_post(0, story="tariff-dispute"), a_post(40))

    assert changed["/"] == START + timedelta(days=40)
    assert changed["/stories/tariff-dispute/"] == START
    assert changed["/2025/01/"] == date(2025, 1, 1)
    assert changed["/topics/trade/"] == changed["/topics/"] == changed["/2025/"] == date(2025, 2, 10)
    assert changed["/archive/"] == START + timedelta(days=40)
    assert changed["/corrections/"] is None


def test_a_page_of_prose_has_no_date_that_could_be_told():
    document = Document(path="content/pages/about.md", digest="x", slug="about", title="About", html="<p>Us</p>")

    assert changes_of(documents=(document,))["/about/"] is None


def test_what_search_engines_shall_not_list_is_not_in_the_sitemap():
    addresses = changes_of(make_post(aliases=("/old/",)), a_post(1, status=Status.WITHDRAWN, reason="It was untrue."))

    assert "/2025/04/30/tariff-pause/" in addresses
    assert {"/old/", "/404.html", "/2025/01/02/post-1/"} & set(addresses) == set()


def test_a_large_site_has_an_index_of_sitemaps(monkeypatch: pytest.MonkeyPatch):
    whole = changes_of()
    monkeypatch.setattr(sitemap, "MOST_URLS", 5)
    pages = plan()
    index = pages["sitemap.xml"].inputs
    files = [pages[entry.address.removeprefix("/")] for entry in index.entries]

    assert index.index
    assert len(files) == -(-len(whole) // 5)
    assert all(file.kind is Kind.SITEMAP and not file.inputs.index for file in files)
    assert [address for file in files for address, _ in file.inputs.entries] == list(whole)


def test_the_host_is_told_of_every_folder_at_the_top():
    text = plan(make_post(aliases=("/an-alias/",)))["_headers"].inputs.text
    rules = [line for line in text.splitlines() if line.startswith("/")]

    assert {"/*", "/", "/2025/*", "/topics/*", "/feed.atom", "/sitemap.xml", "/robots.txt"} <= set(rules)
    assert len(rules) == len(set(rules))
    assert [rule for rule in rules if rule.startswith(("/_", "/an-alias"))] == []
