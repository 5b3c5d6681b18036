import html
from urllib.parse import urljoin

import pytest

from commentary.syntax.links import rebase


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("/about/", "/blog/about/"),
        ("../b/", "/blog/2025/b/"),
        ("https://a.example/?x=1&amp;y=2", "https://a.example/?x=1&amp;y=2"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("#q1", "#q1"),
    ],
)
def test_an_address_leads_from_any_page_where_it_led_from_its_own(address, seen):
    assert rebase(f'<a href="{address}">x</a>', "/2025/a/", root="/blog") == f'<a href="{seen}">x</a>'


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("/blog/about/", "https://h.example/blog/about/"),
        ("#q1", "https://h.example/blog/a/#q1"),
        ("//o.example/", "https://o.example/"),
    ],
)
def test_a_feed_has_absolute_addresses(address, seen):
    assert rebase(f'<img src="{address}">', "https://h.example/blog/a/") == f'<img src="{seen}">'


def test_text_that_looks_like_an_attribute_is_left_alone():
    text = '<p title="a &gt; b">Type href="/x" or &lt;a href="/x"&gt;</p>'

    assert rebase(text, "/a/", root="/blog") == text


@pytest.mark.parametrize("base", ["/a/", "https://h.example/a/", "http://h.example"])
@pytest.mark.parametrize(
    "tail", ["", "/", "/a/../b", "/;", "/a;b?", "/?", "/#", "?q=1&amp;r", "/a?b#c", "/é", "/a&gt;?#", "//"]
)
def test_whole_address_is_what_resolving_makes_of_it(base, tail):
    """Most are not even resolved; then they must not differ from what would come of it."""
    address = f"https://h.example{tail}"
    seen = html.escape(urljoin(base, html.unescape(address)))
    assert rebase(f'<a href="{address}">x</a>', base) == f'<a href="{seen}">x</a>'
