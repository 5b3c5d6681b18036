"""Remarks and documents: Python-Markdown, less the raw HTML that our list of tags does not know."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import HtmlInlineProcessor, SimpleTagInlineProcessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import Treeprocessor

from commentary.syntax.prose import prose
from commentary.syntax.sanitise import TYPED_TAGS, is_elsewhere, sanitise
from commentary.syntax.shortcuts import QuickMarkdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown import Markdown

# A tag or comment of the list; `<dialog>` matches nothing and so stays the text that it is.
_TYPED_HTML = (
    rf"((?i:</?+(?:{'|'.join(sorted(TYPED_TAGS))})"
    r"""(?:\s+[\w:-]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+)*+\s*+/?>)"""
    r"|<!--(?:(?!<!--|-->).)*-->)"
)
_HTML_PRIORITY = 90  # in the place of Python-Markdown's own pattern: after code and links, before emphasis
# `~~words~~`, as in GFM: https://github.github.com/gfm/#strikethrough-extension-
_STRUCK = r"()(?<!~)~~(?![~\s])((?:[^~]++|~(?!~))++)(?<!\s)~~(?!~)"
_STRUCK_PRIORITY = 65  # before emphasis (60), which may stand inside it
_TREE_PRIORITY = 15  # after `inline` (20), which makes the images; before `prettify` (10)
_BREAK = "\n\x03\n"  # between blocks; NormalizeWhitespace takes the character out of any text


class _House(Extension):
    """What differs from plain Markdown; no heading stands above level `top`."""

    def __init__(self, top: int) -> None:
        super().__init__()
        self.top = top

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(HtmlInlineProcessor(_TYPED_HTML, md), "html", _HTML_PRIORITY)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", _STRUCK_PRIORITY)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "~"]
        md.treeprocessors.register(_HouseTree(md, self.top), "house", _TREE_PRIORITY)


class _HouseTree(Treeprocessor):
    """Headings stand below the page's own; an image from elsewhere becomes a link to it; a table has a box to scroll in."""

    def __init__(self, md: Markdown, top: int) -> None:
        super().__init__(md)
        self.headings = {f"h{n}": f"h{max(n, top)}" for n in range(1, 7)}

    def run(self, root: Element) -> None:
        linked = {image for link in root.iter("a") for image in link.iter("img")}
        for element in root.iter():
            element.tag = self.headings.get(element.tag, element.tag)
            if element.tag == "img" and is_elsewhere(element.get("src", "")):
                address, words = element.get("src", ""), element.get("alt", "")
                element.attrib.clear()
                element.tag, element.text = "span", words or address
                if element not in linked:
                    element.tag = "a"
                    element.set("href", address)
        for parent in [*root.iter()]:
            for place, child in enumerate(parent):
                if child.tag == "table":
                    parent[place] = _boxed(child)


def _boxed(table: Element) -> Element:
    """A table in a box that a keyboard reaches: not all browsers stop at what scrolls."""
    box = Element("div", {"class": "table", "tabindex": "0"})
    box.tail, table.tail = table.tail, None
    box.append(table)
    return box


def _serialise(element: Element) -> str:
    """HTML, the document's blocks set apart; Python-Markdown asks for single elements too."""
    if element.tag != "div":
        return to_html_string(element)
    return _BREAK.join(map(to_html_string, element))


@cache
def _markdown(top: int) -> Markdown:
    # Not by their names: to look those up, Python-Markdown reads what every installed package brings along.
    extensions = [FencedCodeExtension(), TableExtension(use_align_attribute=True), SaneListExtension(), _House(top)]
    markdown = QuickMarkdown(extensions=extensions, output_format="html")
    markdown.serializer = _serialise  # set here: `output_format` is read after the extensions and would undo it
    return markdown


def render_remarks(texts: Sequence[str]) -> list[list[str]]:
    """Each remark of one post as sanitised HTML, a string a block; a link's reference may stand in any of them."""
    return _render(3, texts)


def render_document(text: str) -> str:
    """A page of the site's own, block quotes included, as sanitised HTML; its headings stand below the page's title."""
    (blocks,) = _render(2, [text])
    return "\n".join(blocks)


def _render(top: int, texts: Sequence[str]) -> list[list[str]]:
    plain = list(map(prose, texts))
    if all(plain):
        return plain
    markdown = _markdown(top)
    markdown.reset()
    if len(texts) > 1 and re.search(r"^ {0,3}\[[^\[\]]*\]:", "\n".join(texts), re.MULTILINE):
        for text in texts:  # collects the references; what it gives is thrown away
            markdown.convert(text)
    return [blocks or _blocks(markdown, text) for text, blocks in zip(texts, plain, strict=True)]


def _blocks(markdown: Markdown, text: str) -> list[str]:
    markdown.htmlStash.reset()
    html = markdown.convert(text).split(_BREAK)
    # Block by block, so that a tag left open ends with its block.
    return [block for block in (sanitise(piece.strip()) for piece in html) if block not in ("", "<p></p>")]
