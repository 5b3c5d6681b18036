"""The page at an old address leads readers and search engines alike to the new one."""

from __future__ import annotations

from lxml import html

from commentary.plan import Kind
from tests.factories import make_corpus, make_post
from tests.feeds.rendering import rendered


def test_what_search_engines_know_of_an_old_address_goes_to_the_new_one():
    """A page that names another as the one to list must not ask to be forgotten: Google then forgets both."""
    (page,) = rendered(make_corpus(make_post(aliases=("/old/",))), {Kind.REDIRECT}).values()
    tree = html.fromstring(page)

    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://remarks.example/2025/04/30/tariff-pause/"]
    assert tree.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/2025/04/30/tariff-pause/"]
    assert tree.xpath("//meta[@name='robots']") == []
