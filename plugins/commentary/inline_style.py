"""What the `style` of an element says: no style sheet is looked at, so no more than that is known."""

from __future__ import annotations

import re
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*([a-z -]+?)\s*(!\s*important\s*)?")


@lru_cache(1 << 12)  # pages say the same again and again
def inline_style(text: str) -> dict[str, str]:
    """Properties with a keyword for a value: of two declarations the later counts, unless the other is important."""
    style: dict[str, str] = {}
    urgent: set[str] = set()
    text = " ".join(_COMMENT.sub(" ", text.lower()).split())  # or long runs of spaces would take long to pass over
    for declaration in text.split(";"):
        if found := _DECLARATION.fullmatch(declaration):
            name, value, important = found.groups()
            if important or name not in urgent:
                style[name] = value
            if important:
                urgent.add(name)
    return style
