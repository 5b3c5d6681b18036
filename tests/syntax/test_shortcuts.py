"""The shortcuts change nothing but the time."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.inlinepatterns import BACKTICK_RE, BacktickInlineProcessor

from commentary.syntax.shortcuts import take_shortcuts

# What Markdown takes for syntax, in pieces that meet often enough to make some.
_MARKS = r"""
    * ** _ __ ` `` \ [ ] ![ ]( ) ( [1] < > & ; <b> </b> <!-- --> <http://a.example> <a@b.example> &amp; &#7; <script>
    # - --- === *** ``` ~~~ | -|- " ' ! : { } + . a word é 말 2018 klzzwxh:0000
"""
_SPACED = ("[1]: /a 'b'", "  \n", "\n", "\n\n", "    ", "# ", "- ", "1. ", "3. ", "> ", " ", "\t", "\x02", "\x03")
texts = st.lists(st.sampled_from((*_MARKS.split(), *_SPACED)), max_size=30).map("".join)


def markdown(*, shortcuts: bool) -> Markdown:
    """Python-Markdown with the extensions of remarks."""
    md = Markdown(extensions=["fenced_code", "tables", "sane_lists"], output_format="html")
    if shortcuts:
        take_shortcuts(md)
    return md


STOCK, SHORT = markdown(shortcuts=False), markdown(shortcuts=True)


@given(text=texts)
@example(text="a\n: b | c\n-|-")
@example(text="[1]\n\n[1]: /a\n\n![1] *[x][1]*")
@example(text="- a\n\n    word\n    # b\n\nword\nc")
@example(text="> word\n> - a\n>\n>     word")
def test_html_is_what_python_markdown_alone_makes(text: str) -> None:
    assert SHORT.reset().convert(text) == STOCK.reset().convert(text)


@pytest.mark.parametrize("text", ["Plain words.", "Two\nlines.", "“Quoted” at the start.", "말 한 마디."])
def test_prose_is_a_paragraph_at_once(text: str) -> None:
    prose = SHORT.parser.blockprocessors["prose"]
    assert prose.test(SHORT.parser.root, text)


@pytest.mark.parametrize("text", ["- item", "1. item", "a\n---", "# heading", "a\n> b", "[1]: /a", "a | b", "    code"])
def test_what_may_be_something_else_goes_the_long_way(text: str) -> None:
    prose = SHORT.parser.blockprocessors["prose"]
    assert not prose.test(SHORT.parser.root, text)


def test_a_pattern_is_tried_where_it_can_match() -> None:
    """Where not, a method of a private name is replaced: were it renamed, all would be tried everywhere again."""
    tried = []

    class Backtick(BacktickInlineProcessor):
        def getCompiledRegExp(self):  # noqa: N802 - Python-Markdown's name
            tried.append(self)
            return super().getCompiledRegExp()

    md = markdown(shortcuts=False)
    md.inlinePatterns.register(Backtick(BACKTICK_RE), "backtick", 190)
    take_shortcuts(md)

    md.convert("A [link](https://a.example/), no code.")
    assert not tried
    md.convert("Here `code` is.")
    assert tried
