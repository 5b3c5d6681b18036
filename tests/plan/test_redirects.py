"""Old addresses lead straight to living pages, for hosts that know redirects and for those that know none."""

import re

from commentary.plan import Kind, astray, clashes, make_plan
from commentary.reading.redirects import Redirect
from tests.factories import make_corpus, make_post, make_settings, make_site

FILE = "content/data/redirects.yaml"
POST = "/2025/04/30/tariff-pause/"


def of(old, new, line=1):
    path, _, query = old.partition("?")
    return Redirect(path if path.endswith("/") or "." in path else f"{path}/", query, new, FILE, line)


def every_page(*redirects, **changes):
    corpus = make_corpus(make_post(aliases=("/2025/04/29/old/",)))
    return make_plan(corpus, make_settings(site=make_site(**changes)), redirects=redirects)


def plan(*redirects, **changes):
    return {page.path: page for page in every_page(*redirects, **changes)}


def complaints(*redirects):
    pages = every_page(*redirects)
    return [(f.path, f.line, f.rule) for f in (*clashes(pages), *astray(pages, redirects, make_site()))]


def test_an_old_address_gets_a_page_that_leads_to_the_new_one():
    pages = plan(of("/tag/korea/", "/topics/trade/"))

    assert pages["tag/korea/index.html"].kind is Kind.REDIRECT
    assert pages["tag/korea/index.html"].inputs.target == "/topics/trade/"


def test_chains_are_collapsed_even_through_an_alias():
    pages = plan(of("/a/", "/b/"), of("/b/", "/2025/04/29/old/"))

    assert [pages[f"{name}/index.html"].inputs.target for name in "ab"] == [POST, POST]


def test_an_old_feed_address_is_a_copy_of_the_feed():
    """Readers of feeds follow no HTML."""
    pages = plan(of("/rss.xml", "/feed.rss"), of("/feed/", "/feed.atom"), of("/atom.xml", "/feed/"))

    assert {pages[path].kind for path in ("feed/index.html", "atom.xml")} == {Kind.ATOM}
    assert pages["rss.xml"].inputs == pages["feed.rss"].inputs
    assert pages["atom.xml"].inputs == pages["feed.atom"].inputs


def test_circles_and_ways_to_nowhere_are_found_at_their_lines():
    assert complaints(of("/a/", "/b/", 2), of("/b/", "/a/", 3), of("/c/", "/nowhere/", 4)) == [
        (FILE, 2, "redirect"),
        (FILE, 3, "redirect"),
        (FILE, 4, "redirect"),
    ]
    assert complaints(of("/a/", POST)) == []


def test_a_living_address_cannot_be_redirected():
    assert complaints(of("/topics/", POST, 5)) == [(FILE, 5, "alias-collision")]
    assert complaints(of("/2025/04/29/old/", "/topics/", 6))[0][2] == "alias-collision"


def test_addresses_that_the_site_will_need_are_reserved():
    for old in (
        "/feed/7.atom",
        "/source-first/1.atom",
        "/page/9/",
        "/topics/trade/page/2/",
        "/data/quotations-2031.csv",
    ):
        assert complaints(of(old, POST, 2)) == [(FILE, 2, "reserved-path")], old
    assert complaints(of("/feed/old/", POST)) == []


def lines(page):
    return [line for line in page.inputs.text.splitlines() if not line.startswith("#")]


def test_hosts_get_every_redirect_in_their_own_words():
    pages = plan(of("/tag/korea/", "/topics/trade/"), of("/?p=123", POST), of("/feed/", "/feed.atom"))

    assert lines(pages["_redirects"]) == [
        f"/2025/04/29/old/ {POST} 301",
        "/feed/ /feed.atom 301",
        "/tag/korea/ /topics/trade/ 301",
        f"/ p=123 {POST} 301!",
    ]
    assert lines(pages["redirects.map"]) == [
        f'"/2025/04/29/old/" "{POST}";',
        '"/feed/" "/feed.atom";',
        '"/tag/korea/" "/topics/trade/";',
        f'"/?p=123" "{POST}";',
    ]


def test_an_address_with_a_query_has_no_page():
    assert set(plan(of("/?p=123", POST))) == set(plan())


def test_a_site_below_its_hosts_root_says_so_in_every_line():
    pages = plan(of("/a/", "/b/"), of("/b/", "/topics/"), url="https://host.example/blog")

    assert pages["a/index.html"].inputs.target == "/blog/topics/"
    assert lines(pages["_redirects"])[1] == "/blog/a/ /blog/topics/ 301"


def test_what_hosts_would_read_as_syntax_is_encoded():
    (line,) = [line for line in lines(plan(of("/한국/a b*:$x/", POST))["_redirects"]) if "25ED" in line or "ED" in line]

    assert line == f"/%ED%95%9C%EA%B5%AD/a%20b%2A%3A%24x/ {POST} 301"
    for line in lines(plan(of('/q"uote/', POST))["redirects.map"]):
        assert re.fullmatch(r'"[^"\s$]+" "[^"\s$]+";', line)


def test_without_old_addresses_hosts_are_told_nothing():
    pages = {page.path for page in make_plan(make_corpus(), make_settings())}

    assert not {"_redirects", "redirects.map"} & pages
