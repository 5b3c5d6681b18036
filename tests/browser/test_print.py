"""A post in print is a clipping: whoever holds it can find the source with nothing but what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commentary.ledger import Ledger, Link, LinkState, read_ledger, write_ledger
from tests.factories import CHECKED, write_project
from tests.site.conftest import build

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

POST = """\
---
title: What is left of a source on paper
date: 2025-04-30 09:00
topics: [trade]
sources:
  live:
    publication: The Herald
    url: https://herald.example/1
    memento: https://archive.example/20250429/herald
    via: {name: A friend, url: https://friend.example/}
  dead:
    publication: The Courier
    url: https://courier.example/1
    memento: https://archive.example/20250429/courier
related:
  - {url: https://herald.example/2, headline: More of it}
  - {url: https://courier.example/2, headline: And more, memento: https://archive.example/20250429/more}
---
The ministry calls it relief, but [nothing](https://notice.example/) in its [notice](/topics/) binds it beyond summer:

> “We will pause the tariffs for ninety days,” the minister said.
>
> — live

So importers should plan for the day after, because the notice itself already names that very date in so many words:

> “We will decide at a later date,” the minister said.
>
> — dead
"""


@pytest.fixture(name="address", scope="module")
def _address(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., str]) -> str:
    """A post of two sources and two further reports, of which the second ones are gone."""
    folder = write_project(tmp_path_factory.mktemp("print"), {"2025-04-30-paper.md": POST})
    known, _ = read_ledger(folder / "content", folder)
    gone = [Link(url=f"https://courier.example/{n}", at=CHECKED, state=LinkState.DEAD) for n in (1, 2)]
    write_ledger(folder / "content", Ledger.of([*known.facts(), *gone]))
    result = build(folder / "output", project=folder)
    assert result.returncode == 0, result.stderr
    return serve(folder / "output") + "/2025/04/30/paper/"


def printed(page: Page) -> str:
    """The text as it is printed, what style sheets add to it too."""
    page.emulate_media(media="print")
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return " ".join(node["name"]["value"] for node in nodes if node["role"]["value"] == "StaticText")


def test_addresses_are_printed_to_be_typed(page: Page, address: str) -> None:
    """Of the page, without the words that its link looks for; of the copy where the page is gone; none of a page of ours."""
    page.goto(address)
    assert "#:~:text=" in (page.locator(".way a").first.get_attribute("href") or "")
    text = printed(page)
    found = [part.partition(">")[0] for part in text.split("<")[1:]]

    assert found == [
        "https://notice.example/",
        "https://friend.example/",
        "https://archive.example/20250429/herald",
        "https://herald.example/1",
        "https://archive.example/20250429/courier",
        "https://courier.example/1",
        "https://herald.example/2",
        "https://archive.example/20250429/more",
    ]


def test_no_address_is_printed_on_a_screen(page: Page, address: str) -> None:
    page.goto(address)

    assert "<http" not in page.locator("body").inner_text()
    assert page.locator(".way a").first.evaluate("e => getComputedStyle(e, '::after').content") == "none"


def test_printed_addresses_have_figures_as_they_are_typed(page: Page, address: str) -> None:
    page.goto(address)
    page.emulate_media(media="print")
    figures = "(e, [part]) => getComputedStyle(e, part).fontVariantNumeric"

    assert page.locator(".clipping").evaluate(figures, [None]) == "lining-nums"
    assert page.locator(".attribution a").evaluate_all(
        "all => [...new Set(all.map(e => getComputedStyle(e, '::after').fontVariantNumeric))]"
    ) == ["lining-nums"]
