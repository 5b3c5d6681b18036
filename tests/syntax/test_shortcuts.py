"""The shortcuts change nothing but the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import BACKTICK_RE, BacktickInlineProcessor

from commentary.syntax.shortcuts import QuickMarkdown

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# What Markdown takes for syntax, in pieces that meet often enough to make some.
_MARKS = r"""
    * ** _ __ ` `` \ [ ] ![ ]( ) ( [1] < > & ; <b> </b> <!-- --> <http://a.example> <a@b.example> &amp; &#7; <script>
    # - --- === *** ``` ~~~ | -|- " ' ! : { } + . a word é 말 2018 klzzwxh:0000
"""
_SPACED = (
    "[1]: /a 'b'",
    "[^1]",
    "\n[^1]: ",
    "  \n",
    "\n",
    "\n\n",
    "    ",
    "# ",
    "- ",
    "1. ",
    "3. ",
    "> ",
    " ",
    "\t",
    "\x02",
    "\x03",
)
texts = st.lists(st.sampled_from((*_MARKS.split(), *_SPACED)), max_size=30).map("".join)


EXTENSIONS = ["fenced_code", "tables", "sane_lists", "footnotes"]

STOCK = Markdown(extensions=EXTENSIONS, output_format="html")
STOCK.stripTopLevelTags = False
STOCK.preprocessors.deregister("html_block")
QUICK = QuickMarkdown(extensions=EXTENSIONS, output_format="html")


@given(text=texts)
@example(text="a\n\n\nb  \n*c*\n")
@example(text="a \n \nb")
@example(text="\x03# a\n\x02```")
@example(text="a\n: b | c\n-|-")
@example(text="[1]\n\n[1]: /a\n\n![1] *[x][1]*")
@example(text="- a\n\n    word\n    # b\n\nword\nc")
@example(text="> word\n> - a\n>\n>     word")
def test_html_is_what_python_markdown_alone_makes(text: str) -> None:
    assert QUICK.reset().convert(text) == STOCK.reset().convert(text)


@pytest.mark.parametrize("text", ["Plain words.\n", "Two\nlines.\n\n“Two” *paragraphs*.", "말 한 마디."])
def test_no_block_is_looked_for_in_prose(text: str) -> None:
    md = QuickMarkdown()
    md.parser.blockprocessors.register(Forbidden(md.parser), "forbidden", 200)

    assert md.convert(text)
    with pytest.raises(AssertionError):
        md.convert(f"- {text}")


class Forbidden(BlockProcessor):
    """A kind of block that is not to be looked for."""

    def test(self, _: Element, block: str) -> bool:
        raise AssertionError(block)


def test_a_pattern_is_tried_where_it_can_match() -> None:
    """For that a method with a private name is replaced: were it renamed, all would be tried everywhere again."""
    tried = []

    class Backtick(BacktickInlineProcessor):
        def getCompiledRegExp(self):  # noqa: N802 - Python-Markdown's name
            tried.append(self)
            return super().getCompiledRegExp()

    class WithBacktick(Extension):
        def extendMarkdown(self, md):  # noqa: N802 - Python-Markdown's name
            md.inlinePatterns.register(Backtick(BACKTICK_RE), "backtick", 190)

    md = QuickMarkdown(extensions=[WithBacktick()])

    md.convert("A [link](https://a.example/), no code.")
    assert not tried
    md.convert("Here `code` is.")
    assert tried
