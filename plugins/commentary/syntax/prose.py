"""
Plain prose as HTML without Markdown: paragraphs of words, links and single emphasis, as most remarks are.

What is given here is what Python-Markdown would make of it, in a twentieth of the time. So whatever it might read in
another way is no plain prose.
"""

from __future__ import annotations

import re

from commentary.syntax.sanitise import sanitise

_START = r"(?![\s\d#=+_>`~-])"  # no list, rule, heading, quotation or fence
_WORDS = r"[^\\`*_\[\]<>&|\n\xa0]++"
_LABEL = "[a-z0-9]++(?:-[a-z0-9]++)*+"
_ADDRESS = rf"https?://(?:{_LABEL}\.)++[a-z]++(?:/[A-Za-z0-9_.~%/?=+,;:@#-]*+)?+"
_LINE = rf"{_START}(?:{_WORDS}|\*(?! ){_WORDS}(?<! )\*(?!\*)|(?<!!)\[{_WORDS}\]\({_ADDRESS}\))++(?<! )"
_PROSE = re.compile(rf"\n*+{_LINE}(?:\n++{_LINE})*+\n*+").fullmatch
_BLANK = "\n\n"
_BETWEEN = re.compile("\n{2,}")
_MARKED = re.compile(r"\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)")


def prose(text: str) -> list[str]:
    """The paragraphs of a text as sanitised HTML; none: Markdown has to read it."""
    if "~~" in text or not _PROSE(text) or not text.replace("\n", "").isprintable():
        return []
    paragraphs = (f"<p>{_MARKED.sub(_written, paragraph)}</p>" for paragraph in _BETWEEN.split(text.strip("\n")))
    return sanitise(_BLANK.join(paragraphs)).split(_BLANK)


def _written(mark: re.Match[str]) -> str:
    return f"<em>{mark[1]}</em>" if mark[1] else f'<a href="{mark[3]}">{mark[2]}</a>'
