"""What machines are told of the shipped site can be read back, and agrees with what its pages say."""

import json
import struct
from datetime import datetime
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from tests.site.conftest import BuiltSite

LOC, LASTMOD = (f"{{http://www.sitemaps.org/schemas/sitemap/0.9}}{name}" for name in ("loc", "lastmod"))


def meta(tree, name):
    return tree.xpath("//meta[@property=$n or @name=$n]/@content", n=name)


def file_at(site: BuiltSite, url):
    path = unquote(urlsplit(url).path).removeprefix("/")
    return site.folder / (path + "index.html" if path.endswith("/") or not path else path)


@pytest.fixture(name="postings", scope="module")
def _postings(site: BuiltSite):
    """The JSON-LD of each post with the post's page as a tree."""
    found = []
    for page in site.posts():
        tree = site.tree(page)
        (data,) = tree.xpath("//script[@type='application/ld+json']/text()")
        found.append((json.loads(data), tree))
    return found


def test_a_json_ld_reader_gets_title_author_and_dates_back(postings):
    for posting, tree in postings:
        assert posting["headline"] == tree.xpath("string(//h1)")
        assert posting["author"]["name"] == "The editor"
        assert posting["datePublished"] == tree.xpath("//article//time[contains(@class, 'dt-published')]/@datetime")[0]
        assert posting["url"] == tree.xpath("string(//link[@rel='canonical']/@href)")


def test_a_json_ld_reader_gets_every_quotation_back_with_its_source(postings):
    cited = 0
    for posting, tree in postings:
        quotes = tree.xpath("//blockquote[contains(@class, 'e-content')]")
        texts = [" ".join(quote.text_content().split()) for quote in quotes]
        assert [" ".join(quotation["text"].split()) for quotation in posting["hasPart"]] == texts
        assert texts
        sources = {source["@id"]: source for source in posting.get("citation", [])}
        for quotation, quote in zip(posting["hasPart"], quotes, strict=True):
            if "isPartOf" in quotation:
                source = sources[quotation["isPartOf"]["@id"]]
                assert source.get("url") == quote.get("cite")
                assert source["publisher"]["name"]
                cited += 1
    assert cited >= 7


def test_link_previews_get_the_pages_own_words_and_one_picture_of_the_site(site: BuiltSite):
    for page in site.pages():
        tree = site.tree(page)
        if not tree.xpath("//main"):
            continue  # a redirect
        (title,), (picture,) = meta(tree, "og:title"), meta(tree, "og:image")
        assert title in tree.xpath("string(//title)"), page
        assert meta(tree, "twitter:card") == ["summary_large_image"]
        header = file_at(site, picture).read_bytes()[:24]
        assert struct.unpack(">II", header[16:24]) == (1200, 630)
    assert meta(tree, "og:image:alt") != []


def test_the_sitemap_lists_every_page_that_may_be_found_and_no_other(site: BuiltSite):
    root = ET.parse(site.folder / "sitemap.xml").getroot()
    listed = {file_at(site, url.findtext(LOC)) for url in root}
    findable = {
        page for page in site.pages() if not site.tree(page).xpath("//meta[@name='robots' or @http-equiv='refresh']")
    }

    assert listed == findable


def test_a_posts_last_change_is_its_correction_or_else_its_posting(site: BuiltSite):
    root = ET.parse(site.folder / "sitemap.xml").getroot()
    changed = {file_at(site, url.findtext(LOC)): url.findtext(LASTMOD) for url in root}
    for page in site.posts():
        tree = site.tree(page)
        said = tree.xpath("//time[contains(@class, 'dt-updated')]/@datetime") or tree.xpath(
            "//article//time[contains(@class, 'dt-published')]/@datetime"
        )
        assert changed[page] == said[0]
    newest = max(datetime.fromisoformat(changed[page]) for page in site.posts())
    assert changed[site.folder / "index.html"] == newest.isoformat()
    assert changed[site.folder / "about/index.html"] is None


def test_robots_are_led_to_the_sitemap(site: BuiltSite):
    assert "Sitemap: http://localhost:8000/sitemap.xml\n" in (site.folder / "robots.txt").read_text("utf-8")


def test_the_web_manifest_names_the_site_and_icons_that_are_there(site: BuiltSite):
    manifest = json.loads((site.folder / "site.webmanifest").read_text("utf-8"))

    assert manifest["name"] == "Parallel Remarks"
    assert len(manifest["icons"]) == 2
    for icon in manifest["icons"]:
        assert file_at(site, icon["src"]).is_file()


def test_every_page_offers_the_feed_of_its_own_subject(site: BuiltSite):
    """Besides those of the whole site, which every page offers."""
    own = 0
    for page in site.pages():
        tree = site.tree(page)
        feeds = tree.xpath("//link[@rel='alternate']/@href")
        feed = page.parent / "feed.atom"
        if page.parent != site.folder and feed.is_file():
            assert f"/{feed.relative_to(site.folder).as_posix()}" in feeds, page
            own += 1
        assert "/feed.atom" in feeds or not tree.xpath("//main"), page
    assert own > 30


def test_a_post_offers_the_feeds_of_its_own_topics_and_of_no_others(site: BuiltSite):
    for page in site.posts():
        tree = site.tree(page)
        topics = tree.xpath("//article//a[@rel='tag']/@href")
        offered = tree.xpath("//link[@rel='alternate' and contains(@href, '/topics/')]/@href")

        assert topics, page
        assert offered == [f"{topic}feed.atom" for topic in topics]
        assert all(file_at(site, feed).is_file() for feed in offered)


def test_lists_and_posts_lead_to_their_neighbours(site: BuiltSite):
    first, *_, last = [site.tree(page) for page in site.posts()]

    assert first.xpath("//@rel[. = 'next']")
    assert not first.xpath("//@rel[. = 'prev']")
    assert last.xpath("//@rel[. = 'prev']")
    assert not last.xpath("//@rel[. = 'next']")
