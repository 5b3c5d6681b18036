"""
Python-Markdown, less the work that can change nothing: the same HTML in half the time.

It tries every inline pattern on every text, and every kind of block on every block. Here a pattern is tried on
texts that hold the characters it begins with, and a block whose lines all begin as prose does is a paragraph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

# What a text must hold for a pattern to match. A pattern that is not named is always tried.
_NEEDS = {
    "backtick": "`",
    "escape": "\\",
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
    "em_strong": "*",
}
_OR = {"em_strong": "_"}  # what may stand in its place
_OF_REFERENCES = ("reference", "image_reference", "short_reference", "short_image_ref")
_PROSE_LINE = r"[^\s\d#=*+_>\[-][^\n|]*+"  # no list, rule, heading, quotation, reference or table
_PROSE = re.compile(rf"{_PROSE_LINE}(?:\n{_PROSE_LINE})*+")


def take_shortcuts(md: Markdown) -> None:
    """Put the shortcuts in place; to be called when all patterns are."""
    md.preprocessors.register(_Fences(md, {}), "fenced_code_block", 25)
    md.parser.blockprocessors.register(_Prose(md.parser), "prose", 110)  # before `empty` (100), which was the first
    md.treeprocessors.register(_Inlines(md), "inline", 20)


class _Fences(FencedBlockPreprocessor):
    """Fenced code, where there is a fence."""

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if any(line.startswith(("```", "~~~")) for line in lines) else lines


class _Prose(ParagraphProcessor):
    """Blocks that no other processor would take."""

    def test(self, parent: Element, block: str) -> bool:
        return _PROSE.fullmatch(block) is not None


class _Inlines(InlineProcessor):
    """Inline patterns, each where it can match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        names = {md.inlinePatterns[name]: name for name in _NEEDS}
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
