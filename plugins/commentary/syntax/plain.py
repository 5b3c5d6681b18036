"""The words of a sanitised fragment, without its markup."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*+>""")
_BREAKING = re.compile("blockquote|br|h[2-6r]|li|[ou]l|p|pre|table|tr")


def _between(tag: re.Match[str]) -> str:
    if _BREAKING.fullmatch(tag[2]):
        return "\n"
    return " " if tag[2] in ("td", "th") else ""


def plain_text(fragment: str) -> str:
    """What a reader sees of HTML that `sanitise` wrote: one line a block, white space as single spaces."""
    text = _TAG.sub(_between, " ".join(fragment.split()))
    lines = (" ".join(html.unescape(line).split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
