"""RFC 4287, section by section, and RFC 5005."""

import feedparser
import pytest
from lxml import etree

from commentary.feeds.atom import atom
from tests.feeds.making import HOSTILE, make_entry, make_feed

NS = {"a": "http://www.w3.org/2005/Atom", "fh": "http://purl.org/syndication/history/1.0"}


def tree(*entries, **changes):
    return etree.fromstring(atom(make_feed(*entries, **changes)))


def links(element):
    return {(link.get("rel"), link.get("href"), link.get("type")) for link in element.findall("a:link", NS)}


def test_4_1_1_a_feed_has_exactly_one_id_title_and_updated():
    root = tree()

    assert [len(root.findall(f"a:{name}", NS)) for name in ("id", "title", "updated")] == [1, 1, 1]


def test_4_1_1_a_feed_has_an_author_even_without_entries():
    root = tree(entries=())

    assert root.findtext("a:author/a:name", namespaces=NS) == "Test Editor"
    assert root.findall("a:entry", NS) == []
    assert feedparser.parse(etree.tostring(root)).bozo is False


def test_4_1_1_a_feed_links_to_itself_and_once_to_its_page():
    assert links(tree()) == {
        ("self", "https://remarks.example/feed.atom", "application/atom+xml"),
        ("alternate", "https://remarks.example/", "text/html"),
    }


def test_4_1_1_metadata_stands_before_the_entries():
    names = [etree.QName(child).localname for child in tree(make_entry(), make_entry(id="tag:b"))]

    assert names.index("entry") == names.index("author") + 1
    assert set(names[names.index("entry") :]) == {"entry"}


def test_4_1_2_an_entry_has_exactly_one_of_each_it_must_have():
    entry = tree().find("a:entry", NS)
    must = ("id", "title", "updated", "published", "summary", "content")

    assert {name: len(entry.findall(f"a:{name}", NS)) for name in must} == dict.fromkeys(must, 1)


def test_4_1_2_an_entry_leads_to_one_page_and_names_source_and_hat_tip():
    entry = tree().find("a:entry", NS)

    assert links(entry) == {
        ("alternate", "https://remarks.example/2025/04/30/tariff-pause/", "text/html"),
        ("related", "https://herald.example/a?b=1&c=2", None),
        ("via", "https://friend.example/", None),
    }


def test_3_3_dates_are_rfc_3339_with_an_offset():
    entry = tree().find("a:entry", NS)

    assert entry.findtext("a:published", namespaces=NS) == "2025-04-30T09:00:00+09:00"
    assert entry.findtext("a:updated", namespaces=NS) == "2025-05-01T15:00:00+09:00"


def test_4_2_2_a_category_has_the_slug_as_term_and_the_name_as_label():
    category = tree().find("a:entry/a:category", NS)

    assert dict(category.attrib) == {"term": "trade", "label": "Trade & tariffs"}


def test_2_language_is_that_of_the_feed_unless_the_entry_has_another():
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    root = tree(make_entry(), make_entry(id="tag:b", lang="ko"))

    assert [root.get(lang), *(entry.get(lang) for entry in root.findall("a:entry", NS))] == ["en", None, "ko"]


@pytest.mark.parametrize("text", HOSTILE)
def test_3_1_1_text_stays_text(text):
    """A title is plain text, whatever it holds; content is HTML, escaped once."""
    parsed = feedparser.parse(atom(make_feed(make_entry(title=text, html=f"<p>{text}</p>"))), sanitize_html=False)

    assert parsed.bozo is False
    assert parsed.entries[0].title_detail.type == "text/plain"
    assert parsed.entries[0].title == text
    assert parsed.entries[0].content[0].type == "text/html"


def test_control_characters_are_left_out():
    """XML 1.0 (2.2) cannot hold them, not even as references."""
    title = tree(make_entry(title="a\x00b\x0bc\ufffe\x85d")).findtext("a:entry/a:title", namespaces=NS)

    assert title == "abcd"


def test_a_browser_is_given_a_style_sheet_and_no_script():
    text = atom(make_feed()).decode()

    assert text.startswith(
        "<?xml version='1.0' encoding='utf-8'?>\n<?xml-stylesheet type=\"text/css\" href=\"/theme/feed.css\"?>"
    )


def test_rfc_5005_the_feed_leads_to_its_newest_archive():
    root = tree(older="https://remarks.example/feed/2.atom")

    assert ("prev-archive", "https://remarks.example/feed/2.atom", "application/atom+xml") in links(root)
    assert root.find("fh:archive", NS) is None


def test_rfc_5005_an_archive_says_so_and_leads_back_and_on_but_never_forward():
    """A link to a newer archive would change a finished document."""
    root = tree(current="https://remarks.example/feed.atom", older="https://remarks.example/feed/1.atom")

    assert root.find("fh:archive", NS) is not None
    assert {rel for rel, _, _ in links(root)} == {"self", "alternate", "current", "prev-archive"}
