"""Small comforts: each improves HTML that works without, and moves nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.factories import write_project
from tests.site.conftest import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

POST = """\
---
title: Ten % of {nothing} & _more_
date: 2025-04-30 09:00
topics: [trade]
source:
  publication: The Herald
  url: https://herald.example/1
  headline: Ministry *pauses* tariffs
  published: 2025-04-29
---
The ministry calls it relief, but nothing in its notice binds it beyond the summer:

> “We will pause the *tariffs* [for] ninety days,” the minister said. […]
>
> A photo of him.
{: .caption }
>
> Second paragraph.

So importers should plan for the day after, because the notice itself already names that very date.
"""
LINK = "https://herald.example/1"


@pytest.fixture(name="address", scope="module")
def _address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., str]) -> str:
    folder = write_project(tmp_path_factory.mktemp("comforts"), {"2025-04-30-ten.md": POST})
    result = build(folder / "output", project=folder)
    assert result.returncode == 0, result.stderr
    return serve(folder / "output") + "/2025/04/30/ten/"


@pytest.fixture(name="reader")
def _reader(browser: Browser, address: str) -> Iterator[Page]:
    """A reader who looks at the post, at a fixed day, and may copy."""
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.clock.set_fixed_time("2025-05-14T12:00:00Z")
    page.goto(address)
    yield page
    assert said == []
    context.close()


def copied(page: Page, name: str, flavour: str = "text/plain") -> str:
    page.get_by_role("button", name=name).click()
    page.get_by_text("Copied").wait_for()
    return str(
        page.evaluate(
            "async (type) => { const [item] = await navigator.clipboard.read(); return (await item.getType(type)).text() }",
            flavour,
        )
    )


def test_a_quotation_is_copied_with_its_attribution_and_link(reader: Page) -> None:
    plain = copied(reader, "Copy quotation")
    quoted, second, credit = plain.split("\n\n")

    assert quoted == "“We will pause the tariffs [for] ninety days,” the minister said. […]"
    assert second == "Second paragraph."
    assert credit.splitlines()[0] == "— Ministry *pauses* tariffs, The Herald, 29 April 2025"
    assert credit.splitlines()[1].startswith(LINK)


def test_rich_text_holds_the_quotation_as_one(reader: Page) -> None:
    rich = copied(reader, "Copy quotation", "text/html")
    page = reader.context.new_page()
    page.set_content(rich)

    assert page.locator("blockquote p").count() == 3
    assert (page.locator("blockquote a").get_attribute("href") or "").startswith(LINK)
    assert page.locator("blockquote a").inner_text() == "Ministry *pauses* tariffs, The Herald, 29 April 2025"


def test_markdown_quotes_and_links_and_means_no_more(reader: Page) -> None:
    lines = copied(reader, "as Markdown").splitlines()

    assert all(line.startswith(">") for line in lines)
    assert lines[0].endswith(r"\[for\] ninety days,” the minister said. \[…\]")
    assert lines[-1].startswith(rf"> — [Ministry \*pauses\* tariffs, The Herald, 29 April 2025](<{LINK}")


def test_a_post_is_cited_as_csl_json(reader: Page) -> None:
    (item,) = json.loads(copied(reader, "CSL-JSON"))

    assert item["title"] == "Ten % of {nothing} & _more_"
    assert item["issued"] == {"date-parts": [[2025, 4, 30]]}
    assert item["author"] == [{"literal": "Test Editor"}]
    assert item["URL"].endswith("/2025/04/30/ten/")


def test_a_post_is_cited_as_bibtex_with_its_signs_escaped(reader: Page) -> None:
    lines = copied(reader, "BibTeX").splitlines()

    assert lines[0] == "@online{2025-04-30-ten,"
    assert r"  title = {{Ten \% of \{nothing\} \& \_more\_}}," in lines
    assert "  date = {2025-04-30}," in lines
    assert lines[-1] == "}"


def test_how_long_ago_stands_beside_the_day(reader: Page) -> None:
    assert reader.locator("relative-time").inner_text().endswith("posted 2 weeks ago")
    assert reader.locator(".head time").first.inner_text() == "30 April 2025"


def test_nothing_moves_when_scripts_come(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((e) => (window.shift += e.value)))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        page.wait_for_function("document.querySelector('relative-time').textContent")
        assert page.evaluate("window.shift") == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_without_scripts_nothing_of_it_is_seen(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)

    assert page.get_by_role("button").count() == 0
    assert page.locator("copy-quotation, cite-this, relative-time").evaluate_all("all => all.length") == 3
    assert not any(one.is_visible() for one in page.locator("copy-quotation, cite-this, relative-time").all())
    context.close()
