"""JSON Feed 1.1."""

import json
from datetime import datetime

import pytest

from commentary.feeds.json_feed import json_feed
from tests.feeds.making import HOSTILE, POSTED, make_entry, make_feed


def document(*entries, **changes):
    return json.loads(json_feed(make_feed(*entries, **changes)))


def test_the_top_level_has_what_it_must_have():
    found = document(url="https://remarks.example/feed.json")

    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["title"] == "Test Remarks"
    assert found["feed_url"] == "https://remarks.example/feed.json"
    assert found["authors"] == [{"name": "Test Editor"}]
    assert found["language"] == "en"


def test_an_item_has_an_id_that_is_text_and_content():
    (item,) = document()["items"]

    assert item["id"] == "tag:remarks.example,2025-04-30:/2025/04/30/tariff-pause/"
    assert item["content_html"].startswith("<p>Remark.</p>")


def test_an_item_leads_to_our_page_and_names_the_source_as_external():
    (item,) = document()["items"]

    assert item["url"] == "https://remarks.example/2025/04/30/tariff-pause/"
    assert item["external_url"] == "https://herald.example/a?b=1&c=2"


def test_dates_are_rfc_3339():
    (item,) = document()["items"]

    assert datetime.fromisoformat(item["date_published"]) == POSTED
    assert item["date_modified"] == "2025-05-01T15:00:00+09:00"


def test_what_is_not_known_is_absent_and_never_null():
    found = document(make_entry(source=None, topics=()), subtitle=None)

    assert not {"description", "next_url"} & set(found)
    assert not {"external_url", "tags"} & set(found["items"][0])


def test_tags_and_authors_are_lists():
    (item,) = document()["items"]

    assert (item["tags"], item["authors"]) == (["Trade & tariffs"], [{"name": "Test Editor"}])


def test_older_entries_are_behind_next_url():
    assert document(older="https://remarks.example/feed/1.json")["next_url"] == "https://remarks.example/feed/1.json"


def test_a_feed_without_entries_has_an_empty_list():
    assert document(entries=())["items"] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text):
    (item,) = document(make_entry(title=text))["items"]

    assert item["title"] == text
