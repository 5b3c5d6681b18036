"""
Footnotes: `[^1]` in a text, `[^1]: a note` on a line of its own, and the notes in a list below the last of the texts.

Python-Markdown's extension takes the notes up. Where they stand and how they are numbered is ours: a post is several
texts with excerpts between them, and stands among others on a page, where no two notes may share an address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown import Markdown

REFERENCE = r"\[\^([^\[\]\s]+)\]"
_IN_PLACE_OF_ITS_OWN = {"block": 17, "inline": 175}  # priorities: both before those of a link's reference
_BACK = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"  # as text: without it phones show a picture


class Footnotes(FootnoteExtension):
    """The notes of the texts that belong together; `name` tells their addresses from those of other posts."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)
        self.parser = md.parser
        md.parser.blockprocessors.register(_Definition(self), "footnote", _IN_PLACE_OF_ITS_OWN["block"])
        md.inlinePatterns.register(_Reference(self), "footnote", _IN_PLACE_OF_ITS_OWN["inline"])

    def reset(self) -> None:
        """Forget the notes of the last post, before those of the next are taken up."""
        self.name = ""
        self.notes: dict[str, str] = {}  # label -> Markdown
        self.collecting = True
        self._forget_order()

    def collected(self) -> None:
        """The texts have been read once, and all notes are known: now they are read to be shown."""
        self.collecting = False
        self._forget_order()

    def _forget_order(self) -> None:
        self.order: list[str] = []  # labels as they are referred to
        self.numbers: dict[str, int] = {}  # label -> its place in that order, from 1

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002 - the name is Python-Markdown's
        """Keep a note's Markdown by its label while the texts are read first; read again, they tell nothing new."""
        if self.collecting:
            # Of two notes with one label, the second is one that nothing refers to: no label ends with a space.
            self.notes[f"{id} {len(self.notes)} " if id in self.notes else id] = text

    def refer(self, label: str) -> Element | None:
        """The number in a text, a link to its note; None: no note has the label."""
        if label not in self.notes:
            return None
        first = label not in self.numbers
        number = self._number(label)
        above = Element("sup", {"id": self._id("ref", number)} if first else {})
        SubElement(above, "a", {"href": f"#{self._id('note', number)}", "role": "doc-noteref"}).text = str(number)
        return above

    def listed(self, render: Callable[[str], str]) -> str:
        """All notes as a list, in the order of their numbers; empty if there are none.

        `render` gives a note's Markdown as HTML, and may come upon references to further notes. Notes that nothing
        refers to come last: `checks` warns of them, and nothing that was written is lost.
        """
        spare = (label for label in self.notes if label not in self.numbers)
        lost: set[str] = set()
        items: list[str] = []
        while len(items) < len(self.notes):
            if len(items) == len(self.order):
                lost.add(label := next(spare))
                self._number(label)
            label, number = self.order[len(items)], len(items) + 1
            html = render(self.notes[label])
            if label not in lost:
                html = self._with_way_back(html, number)
            items.append(f'<li id="{self._id("note", number)}">\n{html}\n</li>')
        return '<ol class="notes">\n{}\n</ol>'.format("\n".join(items)) if items else ""

    def _number(self, label: str) -> int:
        if label not in self.numbers:
            self.order.append(label)
            self.numbers[label] = len(self.order)
        return self.numbers[label]

    def _with_way_back(self, html: str, number: int) -> str:
        link = f'<a href="#{self._id("ref", number)}" role="doc-backlink">{_BACK}</a>'
        return f"{html.removesuffix('</p>')} {link}</p>" if html.endswith("</p>") else f"{html}\n<p>{link}</p>"

    def _id(self, kind: str, number: int) -> str:
        return f"{kind}-{self.name}-{number}"


class _Definition(FootnoteBlockProcessor):
    def test(self, parent: Element, block: str) -> bool:
        return "[^" in block


class _Reference(InlineProcessor):
    def __init__(self, footnotes: Footnotes) -> None:
        super().__init__(REFERENCE)
        self.footnotes = footnotes

    def handleMatch(  # type: ignore[override]  # its type has no place for a pattern that does not match after all
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        above = self.footnotes.refer(m[1])
        return (None, None, None) if above is None else (above, m.start(0), m.end(0))
