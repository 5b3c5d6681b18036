from datetime import date
from xml.etree import ElementTree as ET

import pytest

from commentary.structured import sitemap as module
from commentary.structured.sitemap import NAMESPACE, Entry, parts, sitemap

BASE = "https://remarks.example"


def read(entries, **options):
    root = ET.fromstring(sitemap(entries, BASE, **options))
    names = {"s": NAMESPACE}
    return root.tag.partition("}")[2], [
        (child.findtext("s:loc", None, names), child.findtext("s:lastmod", None, names)) for child in root
    ]


def test_an_address_stands_with_its_last_change():
    entries = [
        Entry("/", "2025-04-30T09:00:00+09:00"),
        Entry("/topics/", "2025-04-30"),
        Entry("/about/", None),
    ]
    assert read(entries) == (
        "urlset",
        [(f"{BASE}/", "2025-04-30T09:00:00+09:00"), (f"{BASE}/topics/", "2025-04-30"), (f"{BASE}/about/", None)],
    )


def test_letters_of_other_scripts_are_percent_encoded():
    """The protocol asks for addresses as RFC 3986 has them."""
    assert read([Entry("/topics/금리/", None)])[1] == [(f"{BASE}/topics/%EA%B8%88%EB%A6%AC/", None)]


def test_what_xml_gives_a_meaning_comes_through():
    """Where a site lives is the author's to say, and slugs of old addresses may hold anything."""
    entries = [Entry("/a&b/<c>/d e/", None)]
    root = ET.fromstring(sitemap(entries, "https://remarks.example/r&d"))

    assert [loc.text for loc in root.iter(f"{{{NAMESPACE}}}loc")] == [
        "https://remarks.example/r&d/a%26b/%3Cc%3E/d%20e/"
    ]


def test_an_index_lists_sitemaps():
    assert read([Entry("/sitemap-1.xml", "2025-04-30")], index=True) == (
        "sitemapindex",
        [(f"{BASE}/sitemap-1.xml", "2025-04-30")],
    )


def test_50_000_addresses_fit_and_one_more_starts_another_file():
    entries = [Entry(f"/{n}/", None) for n in range(50_001)]

    assert [len(part) for part in parts(entries[:-1], BASE)] == [50_000]
    assert [len(part) for part in parts(entries, BASE)] == [50_000, 1]
    assert parts(entries, BASE)[1] == (entries[-1],)


def test_no_file_is_over_50_mb(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MOST_BYTES", 10_000)
    files = parts([Entry(f"/{'금리' * 20}/{n}/", date(2025, 4, 30)) for n in range(100)], BASE)

    assert sum(map(len, files)) == 100
    assert len(files) > 1
    assert max(len(sitemap(file, BASE)) for file in files) <= 10_000


def test_a_site_without_pages_has_an_empty_sitemap():
    assert read(parts([], BASE)[0]) == ("urlset", [])
