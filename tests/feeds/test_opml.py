from lxml import etree

from commentary.feeds.opml import Outline, opml

FEED = Outline("Remarks & more", "https://remarks.example/feed.atom", "https://remarks.example/")


def tree(groups):
    return etree.fromstring(opml("Remarks", "The editor", groups))


def test_a_feed_is_an_outline_of_type_rss_with_both_addresses():
    """OPML 2.0, "Subscription lists": type, text and xmlUrl are required."""
    (outline,) = tree([("Every post", [FEED])]).findall("body/outline/outline")

    assert dict(outline.attrib) == {
        "type": "rss",
        "text": "Remarks & more",
        "title": "Remarks & more",
        "xmlUrl": "https://remarks.example/feed.atom",
        "htmlUrl": "https://remarks.example/",
    }


def test_feeds_stand_in_named_groups_and_an_empty_group_is_left_out():
    root = tree([("Every post", [FEED]), ("One story", [])])

    assert [group.get("text") for group in root.findall("body/outline")] == ["Every post"]
    assert (root.get("version"), root.findtext("head/title"), root.findtext("head/ownerName")) == (
        "2.0",
        "Remarks",
        "The editor",
    )
