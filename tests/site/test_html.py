from urllib.parse import unquote, urlsplit

import mf2py
import pytest

from tests.site.conftest import BuiltSite, parse_errors


def test_every_page_is_html_to_the_letter(site: BuiltSite):
    assert {p: parse_errors(p.read_bytes()) for p in site.pages() if parse_errors(p.read_bytes())} == {}


def test_no_id_stands_twice_on_a_page(site: BuiltSite):
    for page in site.pages():
        ids = site.tree(page).xpath("//@id")
        assert sorted(ids) == sorted(set(ids)), page


def test_every_link_within_the_site_leads_to_a_file_of_it(site: BuiltSite):
    """Pages, feeds, style sheets and fragments alike."""
    files, checked = site.files(), 0
    for page in site.pages():
        for link in site.tree(page).xpath("//@href | //@src"):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            path = unquote(parts.path).removeprefix("/") if parts.path else page.relative_to(site.folder).as_posix()
            path = path + "index.html" if path.endswith("/") or not path else path
            assert path in files, f"{page}: {link}"
            checked += 1
            if parts.fragment:
                assert site.tree(site.folder / path).xpath("//*[@id=$id]", id=parts.fragment), f"{page}: {link}"
    assert checked > 100


def test_the_page_of_a_year_leads_to_its_quotations_as_data(site: BuiltSite):
    years = {
        page.parent.name: page
        for page in site.pages()
        if page.parent.parent == site.folder and page.parent.name.isdigit()
    }
    assert years
    for year, page in years.items():
        data = [link for link in site.tree(page).xpath("//main//@href") if "/data/" in link]
        assert data == [f"/data/quotations-{year}.json", f"/data/quotations-{year}.csv"]


def test_no_page_asks_anything_of_another_site(site: BuiltSite):
    """Links may lead away; what a page loads may not."""
    for page in site.pages():
        loaded = site.tree(page).xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //*[@src]/@src | //@srcset")
        assert loaded
        assert [url for url in loaded if urlsplit(url).netloc] == []


def test_every_page_forbids_inline_script_and_foreign_content(site: BuiltSite):
    for page in site.pages():
        (policy,) = site.tree(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.fixture(name="entries", scope="module")
def _entries(site: BuiltSite):
    """The h-entry of each post, read back by a microformats parser, with the post's page as a tree."""
    entries = {}
    for page in site.posts():
        items = mf2py.parse(doc=page.read_text("utf-8"), url="https://parallel-remarks.example/")["items"]
        (entry,) = [item for item in items if "h-entry" in item["type"]]
        entries[page] = entry["properties"]
    return entries


def test_a_microformats_reader_gets_title_author_and_dates_back(entries):
    for properties in entries.values():
        assert properties["name"][0]
        assert properties["author"][0]["properties"]["name"] == ["The editor"]
        assert properties["published"][0].startswith("2025-")
        assert properties["url"][0].startswith("https://parallel-remarks.example/2025/")


def test_a_microformats_reader_gets_every_quotation_back_with_its_source(entries, site: BuiltSite):
    addressed = 0
    for page, properties in entries.items():
        quoted = site.tree(page).xpath("//blockquote[contains(@class, 'excerpt')]")
        cites = properties["quotation-of"]
        assert len(cites) == len(quoted) > 0
        for cite, element in zip(cites, quoted, strict=True):
            assert " ".join(cite["properties"]["content"][0]["value"].split()) == " ".join(
                element.text_content().split()
            )
            if element.get("cite"):
                addressed += 1
                assert cite["properties"]["url"] == [element.get("cite")]
                assert cite["properties"]["publication"][0]
    assert addressed == 5


def test_a_source_that_is_not_known_says_so_in_words(site: BuiltSite):
    """Two of the shipped sources have no known address, three are not recorded at all."""
    texts = [site.tree(page).text_content() for page in site.posts()]

    assert len(texts) == 10
    assert sum("no address known" in text for text in texts) == 2
    assert sum("source not recorded" in text.casefold() for text in texts) == 3
