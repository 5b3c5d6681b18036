import pytest

from commentary.plan import Kind, Origin, Page, clashes, make_plan
from commentary.plan.inputs import MissingInputs
from tests.factories import make_corpus, make_post, make_settings


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


@pytest.mark.parametrize("path", ["../x", "/etc/x", "a//b", "a/./b", "", ".commentary.json", "a\\b"])
def test_a_page_outside_the_site_is_refused(path):
    assert rules(page(path)) == [("content/posts/a.md", 3, "reserved-path")]


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
