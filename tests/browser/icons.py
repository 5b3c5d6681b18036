"""Make the theme's icons and the card that others show beside a link, once, from its own mark: `make icons`."""

from __future__ import annotations

import re
from html import escape

from playwright.sync_api import sync_playwright

from commentary.settings import load_settings
from tests.browser.conftest import launch
from tests.factories import REPOSITORY

STATIC = REPOSITORY / "theme/static"
PAPER, INK, ASH = "#fcfaf6", "#241f1b", "#635c55"  # the light palette of tokens.css
# name -> (pixels, share of them that the mark fills, background)
ICONS = {
    "favicon.png": (48, 1.0, "transparent"),
    "touch-icon.png": (180, 0.66, PAPER),
    "icon.png": (512, 0.58, PAPER),  # a mask may cut off all but the middle four fifths
}
CARD = """
<style>
  body {{ margin: 0; inline-size: 1200px; block-size: 630px; box-sizing: border-box; padding: 0 110px 0 190px;
    display: grid; align-content: center; position: relative; background: {paper}; color: {ink};
    font-family: system-ui, "Noto Sans", "Noto Sans KR", "Noto Sans CJK KR", sans-serif; word-break: keep-all; }}
  svg {{ position: absolute; inset: 0 auto 0 60px; block-size: 630px; inline-size: 90px; }}
  h1 {{ margin: 0; font-size: 92px; font-weight: 650; letter-spacing: -0.02em; line-height: 1.1; text-wrap: balance; }}
  p {{ margin: 36px 0 0; color: {ash}; font: 44px/1.35 "Noto Serif", "Noto Serif KR", "Noto Serif CJK KR", serif; text-wrap: balance; }}
</style>
<svg viewBox="0 0 90 630"><path d="M27 95v440M63 95v440" stroke="#d0382c" stroke-width="14"/></svg>
<h1>{name}</h1>
<p>{tagline}</p>
"""


def main() -> None:
    """Write every picture anew into theme/static."""
    site = load_settings(REPOSITORY / "pelicanconf.py").site
    mark = (STATIC / "favicon.svg").read_text("utf-8")
    mark = re.sub("<svg ", '<svg width="100%" height="100%" ', mark, count=1)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, (size, share, paper) in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            inset = f"{(1 - share) / 2:.0%}"
            page.set_content(
                f'<body style="margin:0;background:{paper}"><div style="position:fixed;inset:{inset}">{mark}'
            )
            page.screenshot(path=STATIC / name, omit_background=paper == "transparent")
            page.close()
        page = browser.new_page(viewport={"width": 1200, "height": 630})
        words = {"name": escape(site.name), "tagline": escape(site.tagline)}
        page.set_content(CARD.format(paper=PAPER, ink=INK, ash=ASH, **words))
        page.screenshot(path=STATIC / "card.png")
        browser.close()


if __name__ == "__main__":
    main()
