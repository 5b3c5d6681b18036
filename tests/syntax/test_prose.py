"""Plain prose is what Markdown and the sanitiser would make of it, or it is not taken for plain prose."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commentary.syntax import remark
from commentary.syntax.prose import prose
from commentary.syntax.remark import render_remarks

_PIECES = """
    word 2018 “q” "q" 's — … é 말 漢字 ﬁ * *em* *two#words* **s** [l](https://a.example/x_y_z?a=1,2#f) [two#words](http://b-c.example)
    [q#“r”](https://a.example) ![i](https://a.example/i.png) ! [r] (p) : ~ _ x_y & | ` \\ < [t](https://1.2.3.4/) [t](/a/)
    [t](https://xn--a.example/) [t](https://a.example/'x') [*t*](https://a.example/) *[t](https://a.example/)* *e# 1. - # ~~s~~
    ~~two#words~~
"""
_SPACES = (" ", " ", " ", "  ", "\n", "\n", "\n\n", "\n\n\n", "\u00a0", "\u200b", "\t")
texts = st.lists(
    st.sampled_from((*(piece.replace("#", " ") for piece in _PIECES.split()), *_SPACES)), min_size=1, max_size=12
).map("".join)


@given(text=texts)
@example(text="*Bold* words, *em* and [a link](https://a.example/b_c_d).\nA line.\n\n\nMore.\n")
@example(text="a*b*c *d*, *e*f")
@example(text="Wow![here](https://a.example)")
def test_prose_is_written_as_markdown_would(text: str) -> None:
    written = render_remarks([text])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remark, "prose", lambda _: [])

        assert written == render_remarks([text])


@pytest.mark.parametrize(
    "text",
    ["Plain words: 1, 2!", "Two\nlines.\n\n“Two” *para graphs*.", "말 [한 마디](https://a.example/m)."],
)
def test_remarks_as_people_write_them_are_prose(text: str) -> None:
    assert prose(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "`code`",
        "x_y_",
        "**strong**",
        "![i](https://a.example)",
        "a & b",
        "a\u00a0b",
        "a  \nb",
        "- item",
        "~~struck~~",
        "[a](/b/)",
    ],
)
def test_what_may_be_more_is_left_to_markdown(text: str) -> None:
    assert not prose(text)
