import csv
import io
import json

import feedparser
import pytest
from lxml import etree, html
from PIL import Image

from commentary.feeds.size import MOST_BYTES
from tests.factories import write_project
from tests.site.conftest import BuiltSite, build, parse_errors


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


HOST = "http://localhost:8000/"


def file_of(site: BuiltSite, address: str):
    """The file that answers at an address of the site."""
    assert address.startswith(HOST)
    path = address.removeprefix(HOST).partition("#")[0]
    return site.folder / (path + "index.html" if path.endswith("/") or not path else path)


def test_a_feed_is_known_by_a_square_picture_that_every_reader_can_draw(site: BuiltSite, feeds):
    """Readers on phones draw PNG, and few of them SVG; JSON Feed asks for a large one."""
    icons = {feed.feed.icon for path, feed in feeds.items() if path.endswith(".atom")}
    icons.add(json.loads((site.folder / "feed.json").read_bytes())["icon"])
    (icon,) = icons

    with Image.open(file_of(site, icon)) as picture:
        assert picture.format == "PNG"
        assert picture.width == picture.height >= 144


def test_every_topic_publication_and_story_has_a_feed(site: BuiltSite):
    for folder in ("topics", "publications", "stories"):
        pages = sorted(path.parent.name for path in site.folder.glob(f"{folder}/*/index.html"))
        assert pages
        assert pages == sorted(path.parent.name for path in site.folder.glob(f"{folder}/*/feed.atom"))


def test_no_feed_is_larger_than_256_kib_or_holds_more_than_30_entries(site: BuiltSite, feeds):
    assert max((site.folder / path).stat().st_size for path in [*feeds, "feed.json"]) <= MOST_BYTES
    assert max(len(feed.entries) for feed in feeds.values()) <= 30


def test_json_feed_has_the_same_entries_as_atom(site: BuiltSite):
    items = json.loads((site.folder / "feed.json").read_bytes())["items"]
    entries = etree.fromstring((site.folder / "feed.atom").read_bytes()).iter("{*}entry")

    assert [(item["id"], item["title"], item["content_html"]) for item in items] == [
        tuple(entry.findtext(f"{{*}}{name}") for name in ("id", "title", "content")) for entry in entries
    ]
    assert sum("external_url" in item for item in items) == 5


def test_source_first_leads_to_the_source_where_one_is_known(feeds):
    ours, theirs = feeds["feed.atom"].entries, feeds["source-first.atom"].entries

    assert [entry.id for entry in ours] == [entry.id for entry in theirs]
    assert sum(not entry.link.startswith(HOST) for entry in theirs) == 5
    assert all(entry.link.startswith(HOST) for entry in ours)


def test_the_opml_names_every_feed_in_one_format_and_each_of_its_addresses_resolves(site: BuiltSite, feeds):
    """Who imports it is to get the posts once; RSS, JSON Feed and the links of `source-first` are there to be chosen."""
    outlines = etree.fromstring((site.folder / "feeds.opml").read_bytes()).findall("body/outline/outline")
    addresses = [outline.get(name) for outline in outlines for name in ("xmlUrl", "htmlUrl")]

    assert {o.get("xmlUrl").removeprefix(HOST) for o in outlines} == {
        name for name in feeds if name.endswith("feed.atom")
    }
    assert [address for address in addresses if not file_of(site, address).is_file()] == []


def test_the_page_lists_every_feed_with_its_count(site: BuiltSite, feeds):
    tree = site.tree(site.folder / "subscribe/index.html")
    links = {link.lstrip("/") for link in tree.xpath("//main//a/@href") if link.startswith("/")}

    assert links == {*feeds, "feed.json", "feeds.opml"}
    for name in ("North Korea", "Japan"):
        (item,) = tree.xpath("//main//li[a=$name]", name=name)
        slug = item.xpath("a/@href")[0].removeprefix("/")
        assert item.xpath("string(span)").split()[0] == str(len(feeds[slug].entries))


def test_every_address_of_ours_in_an_entry_resolves(site: BuiltSite, feeds):
    found = 0
    for feed in feeds.values():
        for entry in feed.entries:
            links = [entry.link, *(link.href for link in entry.get("links", ())), *feed.feed.get("icon", "").split()]
            for link in links:
                if link.startswith(HOST):
                    found += 1
                    assert file_of(site, link).is_file(), link
    assert found > 50


def test_the_style_sheet_of_a_feed_is_one_of_its_files(site: BuiltSite):
    text = (site.folder / "feed.atom").read_text("utf-8")

    assert (site.folder / text.partition('href="/')[2].partition('"')[0]).is_file()


def test_an_entry_without_styles_has_remark_quotation_linked_attribution_and_verdict(feeds):
    """What a reader of feeds sees of a post: both voices, the way to the words, and how far they were checked."""
    (entry,) = [e for e in feeds["feed.atom"].entries if "nobody-will-punish" in e.link]
    tree = html.fromstring(f"<div>{entry.content[0].value}</div>")
    (credit,) = tree.xpath("blockquote/following-sibling::p[1]")

    assert "Correction, 30 April 2025:" in tree.xpath("string(p[1])")
    assert "“Admitting [that it engaged] in the war" in tree.xpath("string(blockquote)")
    assert credit.xpath("a/@href")[0].startswith("https://stripes.com/theaters/")
    assert "#:~:text=" in credit.xpath("a/@href")[0]
    assert "not checked against the source yet" in credit.text_content()
    assert tree.xpath("p[last()]/a/@href") == [entry.link]


def test_every_excerpt_is_a_row_of_open_data_whose_address_opens_at_it(site: BuiltSite):
    document = json.loads((site.folder / "data/quotations-2025.json").read_bytes())
    table = csv.DictReader(io.StringIO((site.folder / "data/quotations-2025.csv").read_text("utf-8-sig"), newline=""))
    rows = document["quotations"]

    assert len(rows) == sum(len(site.tree(p).xpath("//blockquote[contains(@class, 'excerpt')]")) for p in site.posts())
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    for row in rows:
        address, _, anchor = row["id"].partition("#")
        (quotation,) = site.tree(file_of(site, address)).xpath("//*[@id=$id]//blockquote", id=anchor)
        shown = " ".join(quotation.text_content().split())
        assert " ".join(row["text"].split()) in shown
        assert row["text"]


def test_the_fields_of_open_data_are_explained_on_its_page(site: BuiltSite):
    document = json.loads((site.folder / "data/quotations-2025.json").read_bytes())
    page = site.tree(file_of(site, document["schema"]))
    explained = {name.text_content() for name in page.xpath("//main//li/strong")}

    assert explained == set(document["quotations"][0])


HOSTILE = """\
---
title: "<b>Tariffs</b> & ]]> 관세 \u2067שלום\u2069 🇰🇷"
date: 2025-04-30 09:00
topics: [trade]
source: {publication: The Herald, url: "https://herald.example/a?b=1&c=2", headline: "1 < 2 & ]]>"}
---
A remark with <script>alert(1)</script>, `]]>`, [a link](../other/) and 5,000 words: WORDS

> “관세를 유예한다 ]]> & <b>아흔 날</b>” שלום 🇰🇷
"""


@pytest.mark.parametrize(
    "posts", [{}, {"2025-04-30-관세.md": HOSTILE.replace("WORDS", 5 * ("word " * 1000 + "\n\n"))}], ids=len
)
def test_feeds_of_a_site_without_posts_and_of_a_hostile_one_parse(tmp_path, posts):
    project = write_project(tmp_path, posts)
    result = build(tmp_path / "output", project=project)
    assert result.returncode == 0, result.stderr
    files = {path: path.read_bytes() for path in (tmp_path / "output").rglob("*.*") if path.suffix in (".atom", ".rss")}

    assert len(files) == (7 if posts else 5) - 1
    for path, content in files.items():
        assert feedparser.parse(content).bozo is False, path
        entries = list(etree.fromstring(content).iter("{*}entry", "{*}item"))
        assert len(entries) == (len(posts) if path.parent.name != "corrections" else 0)
        for entry in entries:
            assert entry.findtext("{*}title") == "<b>Tariffs</b> & ]]> 관세 \u2067שלום\u2069 🇰🇷"
            body = entry.findtext("{*}content") or entry.findtext("{*}encoded")
            assert "<script" not in body
            assert "https://remarks.example/2025/04/30/other/" in body
