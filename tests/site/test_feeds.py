import feedparser
import pytest
from lxml import etree, html

from tests.site.conftest import BuiltSite, parse_errors


@pytest.fixture(name="feeds", scope="module")
def _feeds(site: BuiltSite):
    paths = [*site.folder.rglob("*.atom"), *site.folder.rglob("*.rss")]
    assert len(paths) > 10
    return {p.relative_to(site.folder).as_posix(): feedparser.parse(p.read_bytes()) for p in paths}


def test_every_feed_is_well_formed_and_has_entries(feeds):
    assert {path: feed.bozo for path, feed in feeds.items() if feed.bozo or not feed.entries} == {}


@pytest.mark.parametrize("path", ["feed.atom", "feed.rss"])
def test_the_sites_feeds_hold_every_post_whole(feeds, path):
    entries = feeds[path].entries

    assert len(entries) == 10
    for entry in entries:
        tree = html.fromstring(entry.content[0].value if path == "feed.atom" else entry.content[-1].value)
        assert tree.xpath("//blockquote//p")
        assert tree.xpath("//p[not(ancestor::blockquote)]")


def test_an_entrys_content_is_html_to_the_letter_with_absolute_addresses(feeds):
    for entry in feeds["feed.atom"].entries:
        value = entry.content[0].value
        document = f"<!DOCTYPE html><html lang=en><head><title>x</title></head><body>{value}</body></html>"
        assert parse_errors(document.encode()) == []
        links = html.fromstring(value).xpath("//@href | //@cite")
        assert [link for link in links if "://" not in link] == []


def test_atom_and_rss_give_an_entry_one_id(feeds):
    ids = [entry.id for entry in feeds["feed.atom"].entries]

    assert ids == [entry.id for entry in feeds["feed.rss"].entries]
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith("tag:parallel-remarks.example,2025-") for id_ in ids)


def test_an_entry_leads_to_our_permalink_and_names_the_source_as_related(feeds):
    (entry,) = [e for e in feeds["feed.atom"].entries if "nobody-will-punish" in e.link]
    links = {(link.rel, link.href.split("/")[2]) for link in entry.links}

    assert ("alternate", "localhost:8000") in links
    assert ("related", "stripes.com") in links
    assert entry.updated != entry.published  # it was corrected


def test_a_topics_feed_holds_its_own_posts_only(feeds):
    feed = feeds["topics/japan/feed.atom"]

    assert [entry.link.split("/")[3:5] for entry in feed.entries] == [["2025", "03"]]
    assert feed.feed.title == "Parallel Remarks: Japan"


def test_a_feed_names_itself_and_the_page_it_is_of(site: BuiltSite):
    atom = "{http://www.w3.org/2005/Atom}"
    root = etree.fromstring((site.folder / "topics/japan/feed.atom").read_bytes())
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{atom}link")}

    assert links == {
        "self": "http://localhost:8000/topics/japan/feed.atom",
        "alternate": "http://localhost:8000/topics/japan/",
    }
