"""Macros say what is known of a source, to people and to machines, and keep the two voices apart."""

from __future__ import annotations

from typing import Any

import mf2py
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html

from commentary.dates import PartialDate
from commentary.model import Via
from commentary.rendering import prepare
from commentary.templating.interface import read_wording
from commentary.views import PostView, Views
from tests.factories import REPOSITORY, make_excerpt, make_post, make_remark, make_site, make_source, make_vocabulary


def make_env(**site: Any) -> Environment:
    env = Environment(
        loader=FileSystemLoader(REPOSITORY / "theme/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    return prepare(env, read_wording(REPOSITORY / "theme", "en"), {"site": make_site(**site)})


@pytest.fixture(scope="module")
def env() -> Environment:
    return make_env()


def view(**changes: Any) -> PostView:
    return Views(make_site(), make_vocabulary()).post(make_post(**changes))


def call(env: Environment, template: str, macro: str, *arguments: Any) -> str:
    return str(getattr(env.get_template(template).module, macro)(*arguments))


def own_page(env: Environment, **changes: Any) -> str:
    return call(env, "macros/post.html", "whole", view(**changes), "en")


def quotation_of(markup: str) -> dict[str, Any]:
    entry = mf2py.parse(doc=markup, url="https://remarks.example/")["items"][0]
    cite: dict[str, Any] = entry["properties"]["quotation-of"][0]
    assert cite["type"] == ["h-cite"]
    return cite["properties"]


def caption(markup: str) -> str:
    facts = html.fromstring(markup).xpath("//figcaption/p")  # what stands beside them is for scripts
    return " ".join(" ".join(fact.text_content() for fact in facts).split())


def test_excerpt_is_read_back_with_its_source(env: Environment) -> None:
    found = quotation_of(own_page(env, sources=(make_source(byline=("Kim A", "Lee B")),)))
    assert found["content"][0]["value"] == "“We will pause the tariffs for ninety days,” the minister said. […]"
    assert found["name"] == ["Ministry pauses tariffs for ninety days"]
    assert found["publication"] == ["The Herald"]
    assert found["author"] == ["Kim A", "Lee B"]
    assert found["published"] == ["2025-04-29"]
    assert found["url"] == ["https://herald.example/2025/04/29/tariff-pause"]


def test_source_without_headline_is_named_by_its_publication(env: Environment) -> None:
    assert quotation_of(own_page(env, sources=(make_source(headline=None),)))["name"] == ["The Herald"]


def test_source_without_address_says_so(env: Environment) -> None:
    assert "no address known" in caption(own_page(env, sources=(make_source(url=None),)))
    assert "no address known" not in caption(own_page(env))


def test_source_that_is_not_recorded_says_so(env: Environment) -> None:
    markup = own_page(env, sources=())
    assert caption(markup) == "source not recorded"
    assert html.fromstring(markup).xpath("//figure/@aria-label") == ["Quotation, source not recorded"]


def test_facts_that_are_not_known_are_absent(env: Environment) -> None:
    known = make_source(headline=None, published=None)
    unread = "Not yet compared with the source"
    assert caption(own_page(env, sources=(known,))) == f"The Herald read it at herald.example {unread}"


def test_every_known_fact_is_shown(env: Environment) -> None:
    source = make_source(
        agency="Yonhap",
        byline=("Kim A",),
        published=PartialDate.parse("~2025-04"),
        accessed=PartialDate.parse("2025-04-30"),
        via=Via(name="A friend", url="https://friend.example/"),
        memento="https://archive.example/1",
        lang="ko",
        translation="author",
        paywall=True,
    )
    shown = caption(own_page(env, sources=(source,)))
    for fact in (
        "from Yonhap",
        "by Kim A",
        "about April 2025",
        "read 30 April 2025",
        "via A friend",
        "archived copy",
        "translated from Korean by us",
        "(paywall)",
    ):
        assert fact in shown


def test_language_is_named_where_it_changes_and_only_there(env: Environment) -> None:
    tree = html.fromstring(own_page(env, sources=(make_source(lang="ko"),)))
    assert tree.xpath("//blockquote/@lang | //cite/@lang") == ["ko", "ko"]
    assert html.fromstring(own_page(env)).xpath("//*/@lang") == []


def test_words_that_run_the_other_way_say_so(env: Environment) -> None:
    """A browser does not tell it from the language: the full stop of an Arabic sentence would stand at its beginning."""
    tree = html.fromstring(own_page(env, sources=(make_source(lang="ar"),)))
    assert tree.xpath("//blockquote/@dir | //cite/@dir") == ["rtl", "rtl"]
    assert html.fromstring(call(env, "macros/feed.html", "entry", view(sources=(make_source(lang="he"),)))).xpath(
        "//blockquote/@dir"
    ) == ["rtl"]
    assert html.fromstring(own_page(env, sources=(make_source(lang="ko"),))).xpath("//@dir") == []


def test_a_page_that_runs_the_other_way_says_so_once(env: Environment) -> None:
    """What is quoted on it in a language of the usual direction says that, and what runs as the page does, nothing."""
    assert call(env, "macros/lang.html", "lang", "fa", None) == ' lang="fa" dir="rtl"'
    assert call(env, "macros/lang.html", "lang", "en", "fa") == ' lang="en" dir="ltr"'
    assert call(env, "macros/lang.html", "lang", "ur", "fa") == ' lang="ur"'
    assert call(env, "macros/lang.html", "lang", "en", None) == ' lang="en"'


def test_names_in_korean_are_said_to_be(env: Environment) -> None:
    """A name in plain letters may be of any language, its source's or ours, so nothing is said of it."""
    source = make_source(publication="한겨레", byline=("김 아무개", "Kim A"), lang="ko")
    tree = html.fromstring(own_page(env, sources=(source,)))
    assert tree.xpath("//*[@class='p-author']/@lang | //*[contains(@class, 'p-publication')]/@lang") == ["ko", "ko"]
    assert tree.xpath("string(//*[@class='p-author'][not(@lang)])") == "Kim A"


def test_original_stands_beside_its_translation(env: Environment) -> None:
    excerpt = make_excerpt(
        original_html="<p>관세를 유예한다.</p>", original=make_excerpt("관세를 유예한다.").paragraphs
    )
    tree = html.fromstring(own_page(env, sources=(make_source(lang="ko"),), parts=(make_remark(), excerpt)))
    assert [quote.get("lang") for quote in tree.xpath("//blockquote")] == [None, "ko"]


def test_anchors_are_on_the_posts_own_page_alone(env: Environment) -> None:
    """Two posts of a stream would both have a #q1."""
    parts = (make_remark(), make_excerpt(), make_excerpt())
    stream = call(env, "macros/post.html", "entry", view(parts=parts), "en")
    assert html.fromstring(own_page(env, parts=parts)).xpath("//figure/@id") == ["q1", "q2"]
    assert html.fromstring(stream).xpath("//*/@id") == []


def test_what_is_typed_is_shown_as_typed(env: Environment) -> None:
    title, headline = "A < B & “C” </h1><script>", 'Say "no" & <leave>'
    tree = html.fromstring(own_page(env, title=title, sources=(make_source(headline=headline),)))
    assert tree.xpath("string(//h1)") == title
    assert tree.xpath("string(//cite)") == headline
    assert tree.xpath("//script") == []


def test_a_post_is_cited_from_its_data_or_not_at_all(env: Environment) -> None:
    assert html.fromstring(own_page(env)).xpath("count(//cite-this)") == 1
    assert html.fromstring(own_page(make_env(outputs=frozenset({"search"})))).xpath("//cite-this") == []


def test_a_menu_leads_to_pages_of_ours_and_of_others() -> None:
    """On a site below a path, too."""
    menu = (("About", "/about/"), ("Elsewhere", "https://elsewhere.example/"))
    imprint = make_env(url="https://x.example/blog", menu=menu).get_template("partials/imprint.html")
    links = html.fromstring(imprint.render(here={"path": "/"})).xpath("//nav//a/@href")

    assert links == ["/blog/corrections/", "/blog/about/", "https://elsewhere.example/"]


def test_feed_entry_reads_right_without_our_styles(env: Environment) -> None:
    """In a feed reader a class says nothing: the order, the block quote and the credit must."""
    tree = html.fromstring(f"<div>{call(env, 'macros/feed.html', 'entry', view())}</div>")
    assert [child.tag for child in tree] == ["p", "blockquote", "p", "p"]
    assert tree.xpath("//@class") == []
    credit, standing = (" ".join(text.split()) for text in tree[2].xpath("string(.)").split("2025"))
    assert credit == "— Ministry pauses tariffs for ninety days, The Herald, 29 April"
    assert standing == "not checked against the source yet"
    assert tree[2].xpath("a/@href")[0].startswith("https://herald.example/2025/04/29/tariff-pause#:~:text=")
    assert tree[3].xpath("a/@href") == ["https://remarks.example/2025/04/30/tariff-pause/"]
