"""Search, as readers use it, in a real browser: over cases that Python is held to as well."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import REPOSITORY, ZONE, write_project
from tests.site.conftest import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CASES = json.loads((REPOSITORY / "tests/structured/fixtures/search_cases.json").read_text("utf-8"))
HOSTILE = '<img src=x onerror=alert(1)> & "quoted" </script> \u202egnol\u202c 👩‍👩‍👧'
START = datetime(2023, 12, 31, 9, tzinfo=ZONE)

POST = """\
---
title: {title}
date: {date:%Y-%m-%d %H:%M}
topics: [{topic}]
slug: {slug}
source:
  publication: {publication}
  url: https://{host}.example/{slug}
---
{text}

> “We will decide at a later date about {slug},” the minister said.

So be it, for there was no other way it could have ended, and everybody knew as much before.
"""


@dataclass(frozen=True)
class SearchSite:
    """A served site whose posts are the cases'."""

    url: str

    def visit(self, page: Page, query: str = "") -> None:
        """Open the search page, and wait for the answer to the query in its address, if there is one."""
        page.goto(f"{self.url}/search/{query}")
        if query:
            answered(page)


def answered(page: Page) -> None:
    expect(page.locator(".found")).not_to_be_empty()


def ask(page: Page, text: str) -> None:
    page.get_by_role("searchbox").fill(text)
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_function("q => new URLSearchParams(location.search).get('q') === q", arg=text)
    answered(page)


def found(page: Page) -> set[str]:
    """The slugs of the results."""
    links = page.locator(".results h2 a")
    return {urlsplit(link.get_attribute("href")).path.split("/")[-2] for link in links.all()}


def facets(page: Page, name: str) -> list[str]:
    section = page.locator(".facets section", has=page.get_by_role("heading", name=name))
    return [item.inner_text() for item in section.locator("li").all()]


@pytest.fixture(name="searched", scope="module")
def _searched(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> SearchSite:
    posts = {}
    entries = [*CASES["posts"].items(), ("hostile", [json.dumps(HOSTILE, ensure_ascii=False), f"Typed: {HOSTILE}"])]
    for number, (slug, text) in enumerate(entries):
        title, body = text if isinstance(text, list) else (f"Post number {number}", text)
        posts[f"{slug}.md"] = POST.format(
            title=title,
            date=START + timedelta(days=number),
            topic="diplomacy" if number % 3 else "trade",
            publication="The Courier" if number % 4 else "The Herald",
            host="courier" if number % 4 else "herald",
            slug=slug,
            text=escape(body, quote=False),
        )
    folder = write_project(tmp_path_factory.mktemp("search"), posts)
    result = build(folder / "output", project=folder)
    assert result.returncode == 0, result.stderr
    return SearchSite(serve(folder / "output"))


@pytest.fixture(name="watched", autouse=True)
def _watched(page: Page) -> Iterator[None]:
    """No test of this file may leave a message in the console, an error, or a request to another site."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url) if "127.0.0.1" not in request.url else None)
    yield
    assert heard == []


def test_script_folds_texts_and_names_terms_as_python_does(searched, page):
    searched.visit(page)
    script = page.locator("link[rel=modulepreload][href*=search-terms]").get_attribute("href")
    index = page.locator("link[rel=modulepreload][href*=search-index]").get_attribute("href")
    got = page.evaluate(
        """async ([terms, index, cases]) => {
          const { fold, keyOf, parse } = await import(terms);
          const { hashOf } = await import(index);
          const asked = (text) => parse(`"${text}"`).flatMap((item) => item.asked.flat().map(({ term }) => term));
          return {
            fold: cases.fold.map(([text]) => [text, fold(text)]),
            keys: cases.keys.map(([term]) => [term, keyOf(term)]),
            hashes: cases.hashes.map(([key]) => [key, hashOf(key)]),
            terms: cases.terms.map(([text, all]) => asked(text).filter((term) => !all.includes(term))),
            none: cases.terms.filter(([text, all]) => all.length && !asked(text).length),
          };
        }""",
        [script, index, CASES],
    )

    assert got["fold"] == CASES["fold"]
    assert got["keys"] == CASES["keys"]
    assert got["hashes"] == CASES["hashes"]
    assert got["terms"] == [[] for _ in CASES["terms"]]  # it asks for no term that Python would not have written
    assert got["none"] == []


def test_queries_find_what_they_must_and_nothing_else(searched, page):
    """Of each query: the posts found and the count that is said; None where nothing is asked."""
    searched.visit(page)
    answers = {}
    for query, expected in CASES["queries"]:
        page.get_by_role("searchbox").fill(query)
        page.get_by_role("searchbox").press("Enter")
        if expected is None:
            expect(page.locator(".found")).to_be_empty()
        else:
            said = f"Posts found: {len(expected)}" if expected else "No post has all of these words."
            expect(page.get_by_role("status"), query).to_have_text(said)
        answers[query] = sorted(found(page)) if page.locator(".found").inner_text() else None
        page.get_by_role("searchbox").fill("")
        expect(page.locator(".found")).to_be_empty()

    assert answers == {query: slugs and sorted(slugs) for query, slugs in CASES["queries"]}


def test_posts_with_the_word_in_their_title_come_first(searched, page):
    searched.visit(page, "?q=sanctions")

    assert page.locator(".results h2 a").first.inner_text() == "Sanctions at last"  # though another is newer


def test_result_shows_the_passage_whose_words_these_are_and_marks_them(searched, page):
    searched.visit(page, "?q=tariff")
    remark = page.locator(".results li", has=page.locator("a[href*='/tariff-pause/']"))
    assert remark.locator(".hand").inner_text() == "Remark"
    assert remark.locator("mark").all_inner_texts() == ["tariff"]
    assert remark.locator(".words").inner_text() == "They call it a tariff pause."

    searched.visit(page, "?q=geneve+met")
    assert page.locator(".results mark").all_inner_texts() == ["met", "Genève"]
    searched.visit(page, "?q=later+date")
    assert set(page.locator(".hand").all_inner_texts()) == {"Excerpt"}
    assert page.locator(".results li").first.locator("mark").all_inner_texts() == ["later", "date"]


def test_korean_is_marked_where_it_stands_in_the_word(searched, page):
    searched.visit(page, "?q=금리")

    assert set(page.locator(".results mark").all_inner_texts()) == {"금리"}
    assert page.locator(".results mark").count() == 2


def test_hostile_text_comes_out_as_typed(searched, page):
    searched.visit(page, "?q=onerror")

    assert page.locator(".results h2 a").inner_text() == HOSTILE
    assert page.locator(".results .words").inner_text() == f"Typed: {HOSTILE}"
    assert page.locator(".results mark").all_inner_texts() == ["onerror", "onerror"]
    assert page.locator(".results img, .results script").count() == 0


def test_hostile_query_is_only_a_query(searched, page):
    searched.visit(page)
    ask(page, '"><script>alert(1)</script> .*+?^${}()|[]\\')

    assert page.get_by_role("status").inner_text() == "No post has all of these words."
    assert page.locator("site-search script").count() == 0


def test_a_result_shows_why_it_was_found(searched, page):
    """Words of a publication's name are marked there; those of a topic show the topic, and only where nothing else does."""
    searched.visit(page, "?q=diplomacy minister")
    assert set(page.locator(".results mark").all_inner_texts()) == {"Diplomacy", "minister"}
    assert set(page.locator(".results .under").all_inner_texts()) == {"Topics Diplomacy"}

    searched.visit(page, "?q=courier")
    assert set(page.locator(".results .whence mark").all_inner_texts()) == {"Courier"}
    assert page.locator(".results .under").count() == 0


def test_facets_count_and_narrow(searched, page):
    searched.visit(page, "?q=minister")
    total = len(CASES["posts"]) + 1
    assert page.get_by_role("status").inner_text() == f"Posts found: {total}"
    assert facets(page, "Years") == [f"2024 {total - 1}", "2023 1"]
    assert facets(page, "Topics") == ["Diplomacy 12", "Trade 7"]

    page.locator(".facets").get_by_role("link", name="Trade").click()
    page.wait_for_url("**/search/?q=minister&topic=trade")
    expect(page.get_by_role("status")).to_have_text("Posts found: 7")
    assert facets(page, "Topics") == ["Diplomacy 12", "Trade 7"]  # what another choice would give
    assert facets(page, "Years") == ["2024 6", "2023 1"]
    expect(page.locator(".facets [aria-current]")).to_be_focused()

    page.locator(".facets [aria-current]").click()
    page.wait_for_url("**/search/?q=minister")
    expect(page.get_by_role("status")).to_have_text(f"Posts found: {total}")


def test_facet_that_would_narrow_nothing_is_not_offered(searched, page):
    searched.visit(page, "?q=onerror")

    assert page.get_by_role("status").inner_text() == "Posts found: 1"
    assert page.locator(".facets a").count() == 0


def test_state_is_in_the_address(searched, page):
    searched.visit(page, "?q=minister&topic=trade&year=2024")
    expect(page.get_by_role("status")).to_have_text("Posts found: 6")
    expect(page.get_by_role("searchbox")).to_have_value("minister")

    ask(page, "tariff")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["tariff"], "topic": ["trade"], "year": ["2024"]}
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("Posts found: 6")
    expect(page.get_by_role("searchbox")).to_have_value("minister")


def test_all_is_done_by_keyboard(searched, page):
    searched.visit(page)
    page.get_by_role("searchbox").focus()
    page.keyboard.type("minister")
    expect(page.get_by_role("status")).to_have_text(f"Posts found: {len(CASES['posts']) + 1}")  # without Enter

    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent"))
        if seen[-1] == "Show more":
            break
    assert seen[-1] == "Show more"
    assert {"Search", "Trade", "Diplomacy", "The Herald", "2023", "Post number 16"} <= set(seen)

    page.keyboard.press("Enter")
    expect(page.locator(".results > li")).to_have_count(len(CASES["posts"]) + 1)
    focused = page.evaluate("[...document.querySelectorAll('.results a')].indexOf(document.activeElement)")
    assert focused == 10  # the first of the new ones


def test_unfinished_syllable_is_not_asked_for(searched, page):
    searched.visit(page)
    page.get_by_role("searchbox").press_sequentially("금리ㅇ")

    expect(page.get_by_role("status")).to_have_text("Posts found: 2")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["금리"]}


def test_page_says_so_when_the_index_cannot_be_had(searched, page):
    page.route("**/facets.json", lambda route: route.fulfill(status=200, body="<!DOCTYPE html>"))
    searched.visit(page, "?q=tariff")

    assert page.get_by_role("status").inner_text().startswith("The index could not be loaded.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_results_have_no_barrier_and_no_sideways_scroll(searched, page, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    searched.visit(page, "?q=minister&topic=trade")

    violations = Axe().run(page).response["violations"]
    assert [v["id"] for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("query", ["", "?q=minister", "?topic=trade", "?q=none-has-this"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_the_form_and_the_answer_come(searched, page, query, width):
    """However long the network takes for the script, and then for the index."""
    page.set_viewport_size({"width": width, "height": 800})
    slow = {"offline": False, "latency": 100, "downloadThroughput": 80_000, "uploadThroughput": 80_000}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    searched.visit(page, query)
    shift = page.evaluate(
        """() => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 300);
        })"""
    )

    assert shift == 0


def test_search_works_under_trusted_types(searched, page):
    """No string is ever given to a place that would parse it."""

    def demand(route):
        response = route.fetch()
        policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
        headers = {**response.headers, "content-security-policy": policy + "require-trusted-types-for 'script'"}
        route.fulfill(response=response, headers=headers)

    page.route("**/search/?*", demand)
    searched.visit(page, "?q=tariff")

    assert found(page) == {"tariffs", "pause-tariff", "tariff-pause"}


def test_without_scripts_the_page_offers_what_there_is(searched, browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{searched.url}/search/")

    for name in ("Diplomacy", "Trade", "The Courier", "The Herald", "2024", "2023"):
        assert page.get_by_role("link", name=name, exact=True).is_visible()
    assert page.get_by_role("searchbox").count() == 0
    page.get_by_role("link", name="Trade", exact=True).click()
    assert urlsplit(page.url).path == "/topics/trade/"
    context.close()
