"""Remarks and documents: Python-Markdown, less the raw HTML that our list of tags does not know."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import HtmlInlineProcessor, SimpleTagInlineProcessor
from markdown.serializers import to_html_string
from markdown.treeprocessors import Treeprocessor

from commentary.syntax.footnotes import Footnotes
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
_DEFINED = re.compile(r"^ {0,3}\[[^\[\]]*\]:", re.MULTILINE)  # the address of a link, or a footnote
_BREAK = "\n\x03\n"  # between blocks; NormalizeWhitespace takes the character out of any text


class _House(Extension):
    """What differs from plain Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.inlinePatterns.register(HtmlInlineProcessor(_TYPED_HTML, md), "html", _HTML_PRIORITY)
        md.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", _STRUCK_PRIORITY)
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "~"]
        md.treeprocessors.register(_HouseTree(md), "house", _TREE_PRIORITY)


class _HouseTree(Treeprocessor):
    """No heading is the page's own; an image from elsewhere becomes a link to it; a table has a box to scroll in."""

    def run(self, root: Element) -> None:
        linked = {image for link in root.iter("a") for image in link.iter("img")}
        for element in root.iter():
            if element.tag == "h1":
                element.tag = "h2"
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


class _Reader(NamedTuple):
    """Markdown as we have it, and the notes that it comes upon."""

    markdown: Markdown
    footnotes: Footnotes


@cache
def _reader() -> _Reader:
    footnotes = Footnotes()
    # Not by their names: to look those up, Python-Markdown reads what every installed package brings along.
    extensions = [
        FencedCodeExtension(),
        TableExtension(use_align_attribute=True),
        SaneListExtension(),
        footnotes,
        _House(),
    ]
    markdown = QuickMarkdown(extensions=extensions, output_format="html")
    markdown.serializer = _serialise  # set here: `output_format` is read after the extensions and would undo it
    return _Reader(markdown, footnotes)


def render_remarks(texts: Sequence[str], *, name: str = "") -> list[list[str]]:
    """Each remark of one post as sanitised HTML, a string a block.

    What one of them says of a link or a footnote holds for all; the notes stand below the last. `name` is the
    post's, and no other post's on the same page, so that each note has an address of its own.
    """
    plain = list(map(prose, texts))
    if all(plain):
        return plain
    markdown, footnotes = _reader()
    markdown.reset()
    footnotes.name = name
    if _DEFINED.search("\n".join(texts)):
        for text in texts:  # collects what is defined; what it gives is thrown away
            markdown.convert(text)
    footnotes.collected()
    rendered = [blocks or _blocks(markdown, text) for text, blocks in zip(texts, plain, strict=True)]
    if notes := footnotes.listed(lambda note: "\n".join(_blocks(markdown, note))):
        rendered[-1].append(sanitise(notes))
    return rendered


def render_document(text: str, *, name: str = "") -> str:
    """A page of the site's own, block quotes included, as sanitised HTML; its headings stand below the page's title."""
    (blocks,) = render_remarks([text], name=name)
    return "\n".join(blocks)


def _blocks(markdown: Markdown, text: str) -> list[str]:
    markdown.htmlStash.reset()
    html = markdown.convert(text).split(_BREAK)
    # Block by block, so that a tag left open ends with its block.
    return [block for block in (sanitise(piece.strip()) for piece in html) if block not in ("", "<p></p>")]
