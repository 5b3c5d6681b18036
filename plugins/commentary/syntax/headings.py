"""Headings in rendered HTML, seen from a page where they stand deeper than on the one they were written for."""

from __future__ import annotations

import re

_HEADING = re.compile(r"<(/?)h([2-6])(?=[ >])")
_LAST = 6


def lower(markup: str, levels: int) -> str:
    """Sanitised HTML with each heading so many levels below its own; `h6` is the last that there is."""
    if "</h" not in markup:
        return markup
    return _HEADING.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + levels, _LAST)}", markup)
