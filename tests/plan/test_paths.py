from datetime import datetime

import pytest

from commentary.model import Document
from commentary.plan import Kind, Origin, Page, clashes, joined, make_plan
from commentary.plan.inputs import MissingInputs
from commentary.reading.redirects import Redirect
from tests.factories import ZONE, make_corpus, make_post, make_settings


def page(path, kind=Kind.POST, origin="content/posts/a.md"):
    return Page(path, kind, MissingInputs(), Origin(origin, 3) if origin else None)


def rules(*pages):
    return [(f.path, f.line, f.rule) for f in clashes(pages)]


@pytest.mark.parametrize(
    "other",
    ["2025/a/index.html", "2025/A/index.html", "2025/a", "2025/a/index.html/x"],
    ids=["equal", "equal but for case", "a file where a folder must be", "a folder where a file must be"],
)
def test_two_pages_at_one_place_are_one_finding(other):
    assert rules(page("2025/a/index.html"), page(other, origin="content/posts/b.md")) == [
        ("content/posts/b.md", 3, "collision")
    ]


def test_unicode_forms_of_one_name_are_one_place():
    composed, decomposed = "caf\u00e9/index.html", "cafe\u0301/index.html"

    assert rules(page(composed), page(decomposed)) == [("content/posts/a.md", 3, "collision")]


@pytest.mark.parametrize(
    "path",
    [
        *("../x", "/etc/x", "a//b", "a/./b", "a/..", "./a", ".", "..", "a/", "", ".commentary.json"),
        *("a\\b", "a\nb", "a\0b", "\udcff.txt"),
    ],
)
def test_a_page_outside_the_site_is_refused(path):
    assert rules(page(path)) == [("content/posts/a.md", 3, "reserved-path")]
    assert rules(page("b/index.html"), page(path), page("c/index.html")) == [("content/posts/a.md", 3, "reserved-path")]


@pytest.mark.parametrize("path", [".well-known/x", "a/-b", "a/.b", "ä/index.html", "a b", ".commentary.json/x"])
def test_a_page_of_an_odd_name_is_none(path):
    assert rules(page("b/index.html"), page(path)) == []


def test_a_line_break_in_a_name_does_not_make_up_for_two_pages_at_one_place():
    found = rules(page("about/index.html"), page("about/index.html", origin="content/extra/a"), page("a\nb"))

    assert sorted(rule for _, _, rule in found) == ["collision", "reserved-path"]


def test_pages_at_different_places_are_no_finding():
    assert rules(page("2025/a/index.html"), page("2025/b/index.html"), page("2025/index.html")) == []


def test_an_alias_that_is_a_living_address_is_found_at_the_alias():
    """Whichever of the two the plan meets first, the alias is what its author takes out."""
    post, alias = page("a/index.html", origin="content/posts/b.md"), page("a/index.html", Kind.REDIRECT)

    assert rules(post, alias) == rules(alias, post) == [("content/posts/a.md", 3, "alias-collision")]


def test_a_list_of_the_site_cannot_be_taken():
    posts = [make_post(aliases=("/topics/",)), make_post(slug="other", aliases=("/elsewhere/",))]

    findings = list(clashes(make_plan(make_corpus(*posts), make_settings())))

    assert [(f.rule, "the site's own topics page" in f.message) for f in findings] == [("alias-collision", True)]


def test_two_posts_of_one_day_and_slug_name_each_other():
    twins = [make_post(path="content/posts/a.md"), make_post(path="content/posts/b.md")]

    (finding,) = clashes(make_plan(make_corpus(*twins), make_settings()))

    assert finding.rule == "collision"
    assert {finding.path, *finding.message.replace(";", "").split()} >= {"content/posts/a.md", "content/posts/b.md"}


def with_one_to_come(slug="about", **changes):
    """The plan of a site of a post and a page of prose, and of a post that nobody is shown yet."""
    about = Document(path=f"content/pages/{slug}.md", digest="x", slug=slug, title="About", html="<p>Us</p>")
    old = [Redirect("/tag/trade/", "", "/topics/trade/", "content/data/redirects.yaml", 1)]
    later = make_post(slug="later", posted=datetime(2031, 1, 1, tzinfo=ZONE), **changes)
    now = later.posted
    return joined(
        make_plan(make_corpus(later, now=now), make_settings(), redirects=old),
        make_plan(make_corpus(make_post(), documents=(about,)), make_settings(), redirects=old),
    )


def test_a_post_to_come_is_not_in_the_way_of_what_the_site_has_anyhow():
    pages = with_one_to_come()

    assert list(clashes(pages)) == []
    assert {"2025/04/30/tariff-pause/index.html", "2031/01/01/later/index.html", "tag/trade/index.html"} <= {
        page.path for page in pages
    }
    assert len([page for page in pages if page.path == "index.html"]) == 1


@pytest.mark.parametrize(
    ("changes", "rule", "path"),
    [
        ({"aliases": ("/2025/04/30/tariff-pause/",)}, "alias-collision", "content/posts/2031/2031-01-01-later.md"),
        ({"slug": "2031"}, "collision", "content/pages/2031.md"),
    ],
    ids=["its alias is a post's address", "its year will have the address of a page"],
)
def test_a_post_to_come_clashes_today_with_what_it_will_clash_with(changes, rule, path):
    (finding,) = clashes(with_one_to_come(**changes))

    assert (finding.rule, finding.path) == (rule, path)
