"""What a page looks like where looking is the point: bars, widths, and what lies over what, measured."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from commentary.plan import Kind

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ElementHandle, Locator, Page

    from tests.browser.whole import Whole

SCHEMES = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "light", "contrast": "more"},
    {"color_scheme": "dark", "contrast": "more"},
    {"color_scheme": "light", "forced_colors": "active"},
    {"color_scheme": "dark", "forced_colors": "active"},
]


def luminances(part: Locator | ElementHandle) -> list[list[float]]:
    """The relative luminance of each pixel of an element as it is painted, row by row."""
    image = Image.open(io.BytesIO(part.screenshot())).convert("RGB")
    pixels = [tuple(channel / 255 for channel in pixel) for pixel in image.get_flattened_data()]
    linear = [[c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in pixel] for pixel in pixels]
    light = [0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in linear]
    return [light[at : at + image.width] for at in range(0, len(light), image.width)]


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: "-".join(scheme.values()))
def test_a_bar_ends_where_its_number_does_in_every_scheme(
    scheme: dict[str, str], page: Page, whole: tuple[str, Whole]
) -> None:
    """Above its line a bar is filled so far, and the rest is the page, told apart by 3:1 at least."""
    base, _ = whole
    page.emulate_media(**scheme)
    page.goto(f"{base}/publications/")
    bar = page.locator(".bar", has=page.locator("rect[width='33']")).first
    above = luminances(bar)[1]
    filled, rest = above[2 : len(above) * 3 // 10], above[len(above) * 4 // 10 : -2]

    assert contrast(filled[0], rest[0]) >= 3
    assert max(filled) - min(filled) < 0.05
    assert max(rest) - min(rest) < 0.05


def test_bars_of_a_page_are_of_one_scale(page: Page, whole: tuple[str, Whole]) -> None:
    """The only month of a year has no bar as long as the fullest month of another."""
    base, site = whole
    page.goto(base + site.addresses[Kind.ARCHIVE][0])
    said = page.locator(".whence").evaluate_all(
        "all => all.map(e => [parseInt(e.textContent), e.querySelector('rect').getAttribute('width')])"
    )
    most = max(count for count, _ in said)

    assert len(said) > 2
    assert said == [[count, str(round(100 * count / most))] for count, _ in said]


@pytest.mark.parametrize(("width", "once"), [(320, False), (1280, True)])
def test_a_story_says_what_was_reported_and_what_remarked(
    width: int, once: bool, page: Page, whole: tuple[str, Whole]
) -> None:
    """At the head of two tracks once, and at each half where one stands below the other."""
    base, site = whole
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + site.addresses[Kind.STORY][0])
    moments = page.locator(".timeline > li").count()

    assert moments > 2
    for label in ("What was reported", "What we remarked"):
        assert page.get_by_text(label).filter(visible=True).count() == (1 if once else moments)


def test_no_line_of_a_program_is_out_of_reach(page: Page, whole: tuple[str, Whole]) -> None:
    base, _ = whole
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{base}/2024/12/30/wide/")
        hidden = page.locator("pre").evaluate_all("all => all.map(e => e.scrollWidth - e.clientWidth)")
        assert hidden == [0], width


def test_a_wide_table_is_scrolled_alone_and_stays_a_table(page: Page, whole: tuple[str, Whole]) -> None:
    """By keyboard too, and not only where browsers stop at whatever scrolls."""
    base, _ = whole
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{base}/2024/12/30/wide/")
    box = page.locator(".remark .table")
    box.locator("tr").evaluate_all(
        "all => all.forEach(row => row.append(...[...row.cells, ...row.cells].map(cell => cell.cloneNode(true))))"
    )
    known = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in known]

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert box.evaluate("e => e.scrollWidth > e.clientWidth")
    assert [roles.count(role) for role in ("table", "row", "columnheader", "cell")] == [1, 2, 9, 9]
    assert box.evaluate("e => e.tabIndex === 0 && e.hasAttribute('tabindex')")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "table":
            break
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.remark .table').scrollLeft > 0")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_lies_over_the_skip_link(width: int, page: Page, whole: tuple[str, Whole]) -> None:
    base, _ = whole
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base)
    page.keyboard.press("Tab")
    over = page.evaluate("""() => {
        const skip = document.querySelector('.skip'), box = skip.getBoundingClientRect(), others = new Set()
        for (let x = box.left + 1; x < box.right; x += 2)
            for (let y = box.top + 1; y < box.bottom; y += 2) others.add(document.elementFromPoint(x, y))
        return [...others].map(e => e.className)
    }""")

    assert over == ["skip"]


def test_no_line_ends_within_a_korean_word(page: Page, whole: tuple[str, Whole]) -> None:
    """Whatever the page's language; Chinese and Japanese, which write no spaces, break where they do."""
    base, _ = whole
    words = "통일부는 북한이탈주민의 정착지원사업을 확대하겠다고 밝혔다"
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(base)
    lines = """(heading, text) => {
        heading.textContent = text
        const range = document.createRange(), node = heading.firstChild
        return [...text.matchAll(/[^ ]+/g)].map(word => {
            range.setStart(node, word.index)
            range.setEnd(node, word.index + word[0].length)
            return range.getClientRects().length
        })
    }"""
    heading = page.locator("h3.title").first

    assert heading.evaluate(lines, words) == [1, 1, 1, 1, 1]
    heading.evaluate("e => (e.lang = 'ja')")
    assert heading.evaluate(lines, "統一部は北朝鮮から来た人々の定住を支援する事業を広げると明らかにした")[0] > 1


@pytest.mark.parametrize("address", ["/subscribe/", "/search/"])
def test_links_of_lists_can_be_told_from_text(address: str, page: Page, whole: tuple[str, Whole]) -> None:
    base, _ = whole
    page.goto(base + address)
    links = page.locator("main :is(.columns, .feeds) a")
    lines = links.evaluate_all("all => all.map(e => getComputedStyle(e).textDecorationColor)")

    assert len(lines) > 4
    assert "rgba(0, 0, 0, 0)" not in lines


def test_a_feed_in_a_browser_is_for_people(page: Page, whole: tuple[str, Whole]) -> None:
    """Nothing to scroll sideways for, no times as programs write them."""
    base, _ = whole
    page.route("**/feed.atom", lambda route: route.fulfill(response=route.fetch(), content_type="application/xml"))
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{base}/feed.atom")
    shown = page.evaluate("[...document.querySelectorAll('*')].filter(e => e.checkVisibility()).map(e => e.tagName)")

    assert set(shown) == {"feed", "title", "entry", "summary"}
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_prose_has_contrast_of_seven_to_one(scheme: str, page: Page, whole: tuple[str, Whole]) -> None:
    base, _ = whole
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{base}/2025/05/01/translated/")
    for prose in (".remark", ".excerpt", ".original"):
        swatch = (
            page.locator(prose)
            .first.evaluate_handle("""e => {
            const swatch = document.body.appendChild(document.createElement('p'))
            swatch.className = 'swatch'
            swatch.textContent = '\\u2588'.repeat(9)
            swatch.style.color = getComputedStyle(e).color
            return swatch
        }""")
            .as_element()
        )
        assert swatch
        painted = [light for row in luminances(swatch) for light in row]
        assert contrast(min(painted), max(painted)) >= 7, prose


def test_links_of_a_source_are_high_enough_for_fingers(browser: Browser, whole: tuple[str, Whole]) -> None:
    base, _ = whole
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 360, "height": 800})
    page = context.new_page()
    for address in ("/2025/05/01/translated/", "/"):
        page.goto(base + address)
        heights = page.locator(":is(.facts, .attribution) a").evaluate_all(
            "all => all.flatMap(e => [...e.getClientRects()].map(box => box.height))"
        )
        assert len(heights) > 3
        assert min(heights) >= 24, address
    context.close()
