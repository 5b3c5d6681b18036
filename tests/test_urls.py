import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.urls import MAX_SLUG, check_slug, check_url, host_of, same_page_key, slugify, without_trackers


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/",
        "http://a.example/a b/?q=1#x",
        "HTTPS://A.example",
        "https://뉴스.example/기사",
        "http://a.example:8080/x",
    ],
)
def test_a_web_address_is_kept_byte_for_byte(url):
    assert check_url(url) == url


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("javascript:alert(1)", "must begin with https"),
        (" https://a.example/", "must begin with https"),
        ("java\tscript:x", "must begin with https"),
        ("//a.example/", "must begin with https"),
        ("/a", "must begin with https"),
        ("ftp://a.example/", "must begin with https"),
        ("https://", "names no host"),
        ("https:///path", "names no host"),
        ("https://user:pw@a.example/", "user name or password"),
        ("https://a.example/\tx", r"U\+0009"),
        ("https://a.example/\u202ex", r"U\+202E"),
        ("https://[::1/", "cannot be read"),
        ("https://a.example:99999/", "cannot be read"),
        ("https://a.example/" + "x" * 9000, "characters long"),
    ],
)
def test_what_is_no_web_address_is_refused_and_told_why(url, why):
    with pytest.raises(ValueError, match=why):
        check_url(url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.a.example/x/", "http://a.example/x"),
        ("https://a.example/x?utm_source=feed&id=1", "https://a.example/x?id=1"),
        ("https://a.example/x#part", "https://a.example/x"),
        ("https://a.example:443/x", "HTTP://a.example:80/x"),
        ("https://a.example:8443/x", "http://www.a.example:8443/x/"),
    ],
)
def test_one_page_is_known_under_its_spellings(one, other):
    assert same_page_key(one) == same_page_key(other)
    assert same_page_key(one) != same_page_key(one.replace("/x", "/y"))


def test_another_port_is_another_page():
    assert same_page_key("http://a.example:8080/x") != same_page_key("http://a.example/x")
    assert same_page_key("http://a.example:443/x") != same_page_key("http://a.example/x")


def test_trackers_go_and_every_other_byte_stays():
    assert without_trackers("https://a.example/a b?utm_id=2&q=%EA&fbclid=1#x") == "https://a.example/a b?q=%EA#x"
    assert without_trackers("https://a.example/a b?utm_id=2") == "https://a.example/a b"
    assert without_trackers("https://a.example/a b?q=%EA&&") == "https://a.example/a b?q=%EA&&"


def test_a_host_is_lower_case_and_without_www():
    assert host_of("https://WWW.A.example:80/x") == "a.example"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Stars and Stripes", "stars-and-stripes"),
        ("The “Herald’s” 5th — ed.", "the-heralds-5th-ed"),
        ("Ça été", "ca-ete"),
        ("서울의 봄", "서울의-봄"),
        ("U.S.–ROK", "u-s-rok"),
    ],
)
def test_a_name_becomes_a_readable_slug(name, slug):
    assert slugify(name) == slug


@given(st.text(max_size=300))
def test_a_slug_made_of_any_name_is_a_slug(name):
    """Unless the name holds no letter at all, or is one that Windows keeps to itself."""
    slug = slugify(name)

    assert len(slug) <= MAX_SLUG
    if (
        slug
        and len(slug.encode()) < 256
        and slug.rstrip("0123456789") not in ("con", "prn", "aux", "nul", "com", "lpt")
    ):
        assert check_slug(slug) == unicodedata.normalize("NFC", slug)


@pytest.mark.parametrize(
    "slug",
    ["", "..", "a/b", "/a", "a b", "a_b", "-a", "a-", "con", "LPT1", "a\u202eb", "a.b", "x" * 101, "가" * 100, "a\0"],
)
def test_what_is_no_slug_is_refused(slug):
    with pytest.raises(ValueError, match=r"slug|hyphen|Windows|bytes"):
        check_slug(slug)
