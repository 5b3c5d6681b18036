"""
Python-Markdown, less the work that can change nothing: the same HTML in half the time.

It looks for every kind of block in every text, and tries every inline pattern on every block. Here a text all of
whose lines begin as prose does is paragraphs, and a pattern is tried on what holds the characters it begins with.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# What a text must hold for a pattern to match. A pattern that is not named is always tried.
_NEEDS = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
    "struck": "~~",
    "em_strong": "*",
}
_OR = {"em_strong": "_"}  # what may stand in its place
_OF_REFERENCES = ("reference", "image_reference", "short_reference", "short_image_ref")

_LINE = r"[^\s\d#=*+_>\[`~-].*+"  # no list, rule, heading, quotation, reference or fence
_PARAGRAPHS = re.compile(rf"\n*+{_LINE}(?:\n++{_LINE})*+\n*")
_OTHER = "|\t\r\x02\x03"  # of a table, or changed before blocks are looked for
_BETWEEN = re.compile("\n{2,}")


class QuickMarkdown(Markdown):
    """Python-Markdown with shortcuts and without blocks of HTML. The tag around what it makes stays."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.stripTopLevelTags = False
        # Without it no tag at a line's start takes the lines below it out of Markdown.
        self.preprocessors.deregister("html_block")
        self.treeprocessors.register(_Inlines(self), "inline", 20)
        self.block_level_elements = frozenset(self.block_level_elements)  # type: ignore[assignment]  # it is searched

    def convert(self, source: str) -> str:
        """HTML of a text."""
        if not _PARAGRAPHS.fullmatch(source) or any(map(source.__contains__, _OTHER)):
            return super().convert(source)
        root = Element(self.doc_tag)
        for paragraph in _BETWEEN.split(source.strip("\n")):
            SubElement(root, "p").text = paragraph
        for tree in self.treeprocessors:
            changed = tree.run(root)
            root = root if changed is None else changed
        html = self.serializer(root)
        for text in self.postprocessors:
            html = text.run(html)
        return html.strip()


class _Inlines(InlineProcessor):
    """Inline patterns, each where it can match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        names = {md.inlinePatterns[name]: name for name in _NEEDS if name in md.inlinePatterns}
        self.tried = [
            (pattern, need := _NEEDS.get(name, ""), _OR.get(name, need), name in _OF_REFERENCES)
            for pattern in md.inlinePatterns
            for name in [names.get(pattern, "")]
        ]

    # Python-Markdown's own, by the name it has outside of its class: if a release renames it, this is never called.
    def _InlineProcessor__handleInline(self, data: str, first: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        for index in range(first, len(self.tried)):
            pattern, need, other, of_references = self.tried[index]
            if (need not in data and other not in data) or (of_references and not self.md.references):
                continue
            matched, start = True, 0
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, index, start
                )
        return data
