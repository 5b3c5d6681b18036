"""The one list of what HTML may reach a page."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.syntax.links import rebase
from commentary.syntax.plain import plain_text
from commentary.syntax.remark import render_document, render_remarks
from commentary.syntax.sanitise import is_elsewhere, sanitise

PIECES = "<b> </b> <i> <a~href='/x'> </a> <p> <!-- --> <script> </script> <td> <q =' <em~class=x> &amp; &#x6a; > - ` * # [x]( ) a <"
SOUP = st.lists(
    st.sampled_from([*(p.replace("~", " ") for p in PIECES.split()), " ", "\n", "\n\n", "[^1]", "\n[^1]: "]),
    max_size=25,
).map("".join)


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<script>alert(1)</script><style>p{}</style>a", "a"),
        ('<p onclick="x()" style="color:red" id="a">a</p>', "<p>a</p>"),
        ('<blockquote cite="javascript:alert(1)">a</blockquote>', "<blockquote>a</blockquote>"),
        ('<a href="java\tscript:alert(1)" target="_blank">a</a>', "<a>a</a>"),
        ('<a href="https://x.example/">a</a>', '<a href="https://x.example/">a</a>'),
        ('<a href="ftp://x.example/">a</a>', "<a>a</a>"),
        ('<span class="elision evil">a</span>', '<span class="elision">a</span>'),
        ('<span class="caption">a</span><p class="caption">b</p>', '<span>a</span><p class="caption">b</p>'),
        ('<code class="language-c++ hl">a</code>', '<code class="language-c++">a</code>'),
        ('<img src="/\t/x.example/a.png" alt="a">', '<img alt="a">'),
        ('<img src="/a.png" alt="a" loading="lazy" onerror="x()">', '<img src="/a.png" alt="a" loading="lazy">'),
        ("<iframe src='/x'></iframe><form><input></form><svg><a>b</a></svg>", ""),
        ("a<!-- b -->c", "ac"),
        ('<span lang="ko">가</span>', '<span lang="ko">가</span>'),
        ('<div class="table evil" tabindex="0">a</div>', '<div class="table" tabindex="0">a</div>'),
        ('<div tabindex="1">a</div>', "<div>a</div>"),
        ('<p align="right">a</p>', "<p>a</p>"),
        ('<li id="note-a-1">a</li><li id="main">b</li>', '<li id="note-a-1">a</li><li>b</li>'),
        ('<a role="doc-noteref">a</a><a role="button">b</a>', '<a role="doc-noteref">a</a><a>b</a>'),
        ('<ol class="notes evil"><li>a</li></ol>', '<ol class="notes"><li>a</li></ol>'),
    ],
)
def test_only_what_is_listed_passes(html: str, kept: str) -> None:
    assert sanitise(html) == kept


@given(SOUP)
def test_what_comes_of_any_remark_is_well_formed_and_stays_so(text: str) -> None:
    """html5lib finds no error in it, and to sanitise it again changes nothing."""
    html = "\n".join(block for remark in render_remarks([text]) for block in remark)
    html5lib.HTMLParser(strict=True).parseFragment(html)
    assert sanitise(html) == html


@pytest.mark.parametrize(
    "address", ["http://x", "//x", "\\\\x", " \t//x", "/\n/x", "/\r/x", "web+a.b-c:x", "data:x", "JavaScript:x"]
)
def test_address_elsewhere_is_known(address: str) -> None:
    assert is_elsewhere(address)


@pytest.mark.parametrize("address", ["/a.png", "a.png", "../a:b.png", "", "?a=http://x", "#a"])
def test_address_of_ours_is_known(address: str) -> None:
    assert not is_elsewhere(address)


@pytest.mark.parametrize("address", ["//[host]/path", "//[a", "https://[x/", "http://a\u2100b/"])
@pytest.mark.parametrize("markup", ["[a link]({})", "![words]({})", "<a href='{}'>a link</a>"])
def test_address_that_nobody_can_follow_is_left_out(address: str, markup: str) -> None:
    """Those who put the host of the site before relative ones would stop at it."""
    (blocks,) = render_remarks([f"See {markup.format(address)}, *please*."])

    assert address not in "".join(blocks)
    assert rebase("".join(blocks), "https://remarks.example/a/", root="")
    assert "//host.example/path" in "".join(render_remarks([f"[a link](//host.example/path) and *{address[:2]}*"])[0])


def test_plain_text_has_a_line_for_each_block() -> None:
    html = render_document("# A &amp; *b*\n\nc\nd <br> e\n\n- f\n- g\n\na | b\n--|--\n1 | 2\n")
    assert plain_text(html) == "A & b\nc d\ne\nf\ng\na b\n1 2"


def test_plain_text_leaves_the_numbers_of_footnotes_out() -> None:
    (blocks,) = render_remarks(["Words.[^1] More[^1]. [A link](/a/).\n\n[^1]: A note."], name="post")

    assert plain_text("\n".join(blocks)) == "Words. More. A link.\nA note."


def test_plain_text_leaves_struck_words_out() -> None:
    (blocks,) = render_remarks(
        ["~~Sixty *whole*~~ Ninety <del datetime='a>b'>weeks</del> <ins>days</ins> ~~ at last ~~"]
    )
    assert plain_text("".join(blocks)) == "Ninety days ~~ at last ~~"


def test_document_keeps_its_block_quotes_and_sinks_its_headings_once() -> None:
    assert render_document("# A\n\n> b") == "<h2>A</h2>\n<blockquote>\n<p>b</p>\n</blockquote>"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("| A | B |\n| - | - |\n| c | d |\n\nMore.", ["A", "B", "c", "d", "More."]),
        ("- List\n\n    | A | B |\n    | - | - |\n    | c | d |\n\nMore.", ["List", "A", "B", "c", "d", "More."]),
        ("> | A | B |\n> | - | - |\n> | c | d |\n\nMore.", ["A", "B", "c", "d", "More."]),
    ],
    ids=["alone", "in a list", "in a quotation"],
)
def test_a_table_stands_in_a_box_of_its_own(text: str, words: list[str]) -> None:
    tree = html5lib.parseFragment(render_document(text), namespaceHTMLElements=False)

    (box,) = tree.iter("div")
    assert (box.get("class"), box.get("tabindex"), [child.tag for child in box]) == ("table", "0", ["table"])
    assert [cell.text for cell in box.iter("td")] == ["c", "d"]
    assert "".join(tree.itertext()).split() == words


def test_columns_are_aligned_as_their_author_says() -> None:
    html = render_document("| A | B | C | D |\n| - | :- | :-: | -: |\n| 1 | 2 | 3 | 4 |")
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)

    assert [cell.get("align") for cell in tree.iter("th")] == [None, "left", "center", "right"]
    assert [cell.get("align") for cell in tree.iter("td")] == [None, "left", "center", "right"]
    assert 'align="justify"' not in sanitise('<table><tr><td align="justify">a</td></tr></table>')


def test_one_post_leaves_nothing_to_the_next() -> None:
    render_remarks(["[a]\n\n[a]: https://x.example/", "`b`"])
    assert render_remarks(["[a]"]) == [["<p>[a]</p>"]]


def test_a_character_that_no_page_or_feed_can_hold_is_left_out():
    assert sanitise("<p>a&#7;b&#xFFFE;cd\u200d한😀</p>") == "<p>abcd\u200d한😀</p>"
