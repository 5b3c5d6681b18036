"""What a page looks like where looking is the point: bars, widths, and what lies over what, measured."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from commentary.plan import Kind

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.whole import Whole

SCHEMES = [
    {"color_scheme": "light"},
    {"color_scheme": "dark"},
    {"color_scheme": "light", "contrast": "more"},
    {"color_scheme": "dark", "contrast": "more"},
    {"color_scheme": "light", "forced_colors": "active"},
    {"color_scheme": "dark", "forced_colors": "active"},
]


def luminances(part: Locator) -> list[list[float]]:
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
