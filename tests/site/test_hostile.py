"""What authors type comes out as typed, whatever it would mean to HTML, JSON or a reader's eye."""

from __future__ import annotations

import json

import pytest

from tests.factories import POST, write_project
from tests.site.conftest import BuiltSite, build, parse_errors

TITLE = """</title></script><script>alert(1)</script> & &amp; "A" 'B' <!-- \u202edesrever\u202c \u2067קשב\u2069 👩🏽‍🚀 {{ 7 * 7 }}"""
REMARK = """5 < 6 & 7 > 2, said "A" & 'B': `</script><script>alert(2)</script>` and &lt;b> &amp; \u202edesrever\u202c 👩🏽‍🚀 {{ site }},
because what stands here is long enough to outweigh what was quoted by some words."""
SHOWN = """5 < 6 & 7 > 2, said "A" & 'B': </script><script>alert(2)</script> and <b> & \u202edesrever\u202c 👩🏽‍🚀 {{ site }},
because what stands here is long enough to outweigh what was quoted by some words."""
SUMMARY = """A summary of </script> & "quotes" \u202edesrever\u202c <img src=x onerror=alert(3)> 👩🏽‍🚀"""
HEADLINE = "Ministry: </script> & 'tariffs' <pause> \u202edesrever\u202c"
PLAIN = """The tariff pause is only a pause"""


@pytest.fixture(name="hostile", scope="module")
def _hostile(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """A site of one post with hostile words in all of its own fields."""
    text = POST.replace(PLAIN, f"{TITLE}\nsummary: {SUMMARY}")
    text = text.replace("Ministry pauses tariffs for ninety days", HEADLINE)
    text = text.replace("So importers should plan for the day after, because", f"{REMARK}\n\nAnd because")
    project = write_project(tmp_path_factory.mktemp("hostile"), {"2025-04-30-tariff-pause.md": text})
    output = project / "output"
    result = build(output, project=project)
    assert result.returncode == 0, result.stderr
    return BuiltSite(output)


@pytest.fixture(name="tree")
def _tree(hostile: BuiltSite):
    (post,) = hostile.posts()
    return hostile.tree(post)


def test_no_page_holds_a_script_or_an_element_of_the_typed_words(hostile: BuiltSite):
    for page in hostile.pages():
        tree = hostile.tree(page)
        assert parse_errors(page.read_bytes()) == [], page
        assert tree.xpath("//script[not(@src) and not(@type='application/ld+json')] | //img | //b") == [], page
        assert tree.xpath("//@onerror") == [], page


def test_the_title_comes_out_as_typed(tree):
    assert tree.xpath("string(//h1)") == TITLE
    assert tree.xpath("string(//title)") == f"{TITLE} · Test Remarks"


def test_the_remark_comes_out_as_typed(tree):
    assert tree.xpath("string((//div[@class='remark'])[2]/p[1])") == SHOWN


def test_the_headline_comes_out_as_typed(tree):
    assert tree.xpath("string(//cite)") == HEADLINE


def test_link_previews_get_title_and_summary_as_typed(tree):
    def content(name):
        return tree.xpath("string(//meta[@property=$n or @name=$n]/@content)", n=name)

    assert content("og:title") == TITLE
    assert content("og:description") == content("description") == SUMMARY


def test_json_ld_gets_all_of_it_as_typed(tree):
    (data,) = tree.xpath("//script[@type='application/ld+json']/text()")
    posting = json.loads(data)

    assert posting["headline"] == TITLE
    assert posting["description"] == SUMMARY
    assert posting["citation"][0]["headline"] == HEADLINE


def test_lists_name_the_post_as_typed(hostile: BuiltSite):
    for path in ("index.html", "topics/trade/index.html", "2025/04/index.html"):
        titles = hostile.tree(hostile.folder / path).xpath("//a[contains(@href, 'tariff-pause')]")
        assert TITLE in {title.text_content() for title in titles}, path
