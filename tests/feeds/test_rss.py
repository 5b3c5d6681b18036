"""RSS 2.0 by the RSS Advisory Board's best-practices profile."""

from email.utils import parsedate_to_datetime

import feedparser
import pytest
from lxml import etree

from commentary.feeds.rss import rss
from tests.feeds.making import CORRECTED, HOSTILE, POSTED, make_entry, make_feed

NS = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
}


def channel(*entries, **changes):
    feed = make_feed(*entries, url="https://remarks.example/feed.rss", **changes)
    return etree.fromstring(rss(feed)).find("channel")


def test_a_channel_has_title_link_and_description():
    found = [channel().findtext(name) for name in ("title", "link", "description")]

    assert found == ["Test Remarks", "https://remarks.example/", "News, quoted"]


def test_a_channel_links_to_itself_by_an_atom_link():
    (link,) = channel().findall("atom:link", NS)

    assert dict(link.attrib) == {
        "rel": "self",
        "href": "https://remarks.example/feed.rss",
        "type": "application/rss+xml",
    }


def test_items_come_last():
    names = [child.tag for child in channel(make_entry(), make_entry(id="b"))]

    assert names[-2:] == ["item", "item"]
    assert names.count("item") == 2


def test_a_guid_that_is_no_address_says_so():
    (guid,) = channel().findall("item/guid")

    assert guid.get("isPermaLink") == "false"
    assert guid.text == "tag:remarks.example,2025-04-30:/2025/04/30/tariff-pause/"


def test_dates_are_rfc_822_with_a_four_digit_year():
    found = channel()

    assert found.findtext("item/pubDate") == "Wed, 30 Apr 2025 09:00:00 +0900"
    assert parsedate_to_datetime(found.findtext("item/pubDate")) == POSTED
    assert parsedate_to_datetime(found.findtext("lastBuildDate")) == CORRECTED


def test_the_writer_is_a_dublin_core_creator_since_author_wants_an_email_address():
    item = channel().find("item")

    assert item.findtext("dc:creator", namespaces=NS) == "Test Editor"
    assert item.find("author") is None


def test_the_summary_stands_before_the_whole_content():
    names = [etree.QName(child).localname for child in channel().find("item")]

    assert names.index("description") < names.index("encoded")
    assert names.count("description") == names.count("encoded") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_in_hexadecimal_references(text):
    document = rss(make_feed(make_entry(title=text, html=f"<p>{text}</p>")))
    parsed = feedparser.parse(document, sanitize_html=False)

    assert parsed.bozo is False
    assert etree.fromstring(document).findtext("channel/item/title") == text
    assert b"&lt;" not in document
    assert b"&amp;" not in document


def test_an_archive_says_so_and_goes_on():
    found = channel(current="https://remarks.example/feed.rss", older="https://remarks.example/feed/1.rss")

    assert found.find("fh:archive", NS) is not None
    assert {link.get("rel") for link in found.findall("atom:link", NS)} == {"self", "current", "prev-archive"}
