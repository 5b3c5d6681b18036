"""What a reader of a page sees of it, as text: the ground that quotations are checked against."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from commentary.quotation.page_text import PageText
from commentary.webpage import BREAK, broken_blocks, parse_page, readable, visible_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# A string literal of JSON; an unterminated one is consumed too, or a row of quotes would be scanned over and over.
_LITERAL = re.compile(r'"([^"\\\n]*(?:\\.[^"\\\n]*)*)("?)')
_LEAST = 24  # characters: no shorter literal is looked into
_LEAST_WORDS = 4
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{8}")  # a clause of Japanese or Chinese


def read_visible(page: str | bytes) -> PageText:
    """All visible text of an HTML page, block by block, and the prose in its scripts' JSON, in document order.

    JSON is looked for in every script, whatever its type: JSON-LD, `__NEXT_DATA__`, assignments to globals.
    """
    tree = parse_page(page)
    blocks: list[str] = []
    breaks: list[int] = []
    at = 0  # in the whole text
    for block in broken_blocks(tree):
        *lines, last = block.split(BREAK)
        for line in lines:
            at += len(line)
            breaks.append(at)
        at += len(last) + 1
        blocks.append(block.replace(BREAK, ""))
    return PageText(blocks=tuple(blocks), embedded=tuple(_embedded(tree)), breaks=tuple(breaks))


def _embedded(tree: HtmlElement) -> Iterator[str]:
    for script in tree.iter("script"):
        for literal, end in _LITERAL.findall(script.text or ""):
            if not end or len(literal) < _LEAST:
                continue
            try:
                text = json.loads(f'"{literal}"', strict=False)
            except ValueError:  # a string of JavaScript's, with escapes that JSON has not
                continue
            if len(text.split(None, _LEAST_WORDS)) >= _LEAST_WORDS or _UNSPACED.search(text):
                plain = " ".join(readable(text).split())
                yield from visible_blocks(parse_page(text)) if re.search(r"[<&]", text) else (plain,)
