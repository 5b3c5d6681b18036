"""The visible text is all that a reader sees, cut into blocks where a reader sees them apart."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.snapshots.visible import read_visible


def blocks(body: str) -> tuple[str, ...]:
    """The visible blocks of a page with this body."""
    return read_visible(f"<html><head><title>Herald</title></head><body>{body}</body></html>").blocks


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ("<p>정부는 <b>오늘</b> 발표했다.</p><p>대변인은 말했다.</p>", ("정부는 오늘 발표했다.", "대변인은 말했다.")),
        ("<p>관세<em>를</em> 유예<a href=x>한다</a>.", ("관세를 유예한다.",)),
        ("One<div>two</div>three", ("One", "two", "three")),
        ("<ul><li>One<li>two</ul><table><tr><td>three<td>four</table>", ("One", "two", "three", "four")),
        ("<p>One<br>two</p>", ("One two",)),
        ("<p>One\n\t two&nbsp;three</p>", ("One two\xa0three",)),
        ("<p>sup<wbr>port&shy;ed</p>", ("support\xaded",)),
        ("<p><ruby>関税<rp>(</rp><rt>かんぜい</rt><rp>)</rp></ruby>の猶予</p>", ("関税の猶予",)),
        ("<figure><img><figcaption>A ship.</figcaption></figure>", ("A ship.",)),
        ("<details><summary>More</summary>It went on.</details>", ("More", "It went on.")),
        ("<p hidden=until-found>Found.</p>", ("Found.",)),
        ("<p hidden=Until-Found>Found.</p>", ("Found.",)),
        ("<dialog open>A notice.</dialog>", ("A notice.",)),
        ("<dialog open popover>A notice.</dialog>", ("A notice.",)),
        ('<dialog style="display: block">A notice.</dialog>', ("A notice.",)),
        ('<p style="/* display:none */ color:red">Seen.</p>', ("Seen.",)),
        ('<p style="display:none; display:block">Seen.</p>', ("Seen.",)),
        ('<p style="not-display:none; background:url(data:a;display:nonesuch)">Seen.</p>', ("Seen.",)),
        ('<blockquote><p>"We <!-- not --> will."</blockquote>', ('"We will."',)),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_there(body, seen):
    assert blocks(body) == seen


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>One<br>two <br> <br>three</p><p>Four<br></p><p>Five<br>six", ("One", " two", " three\nFour\nFive", " six")),
        ("<pre>One two\nthree  four</pre> five six", ("One two", " three", " four\nfive six")),
        ('<p>One <b style="display: inline-block">two</b> three', ("One", " two", " three")),
        ('<p style="display:flex">One <b>two</b> three', ("One", " two", " three")),
        ('<p><b style="float:left">O</b>ne <i style="position:absolute">two', ("O", "ne", " two")),
        ("<p><ruby>関税<rp>(</rp><rt>かんぜい</rt><rp>)</rp></ruby>の猶予", ("関税", "の猶予")),
        ("<p>One&nbsp; two&nbsp;three\u2028four", ("One", "\xa0 two\xa0three", "\u2028four")),
        ('<p>One <b style="display:inline">two</b> <i>three</i> <img>four <span hidden>not</span> five', ("One two three four five",)),
    ],
)  # fmt: skip
def test_breaks_stand_where_no_browser_looks_across(body, lines):
    """They part no paragraph: the text is the same with them and without."""
    page = read_visible(body)
    bounds = (0, *page.breaks, len(page.text))

    assert tuple(page.text[slice(*bound)] for bound in pairwise(bounds)) == lines


def test_block_by_its_style_is_a_block():
    assert blocks('One<b style="display:block">two</b>three<i style="DISPLAY:Grid">four</i>') == (
        "One",
        "two",
        "three",
        "four",
    )


@pytest.mark.parametrize(
    "unseen",
    ["<script>secret()</script>", "<style>secret {}</style>", "<template>secret</template>", "<noscript>secret</noscript>",
     "<p hidden>secret</p>", '<p style="color: red; DISPLAY : none">secret</p>', '<p style="visibility:hidden">secret</p>',
     '<p style="/*x*/display:none">secret</p>', '<p style="display:/**/none !important;display:block">secret</p>',
     '<p style="visibility:collapse">secret</p>', '<p style="content-visibility: hidden">secret</p>',
     "<dialog><p>secret</dialog>", "<div popover>secret</div>", "<div popover=manual><p>secret</div>",
     "<dialog popover>secret</dialog>", "<meter>secret</meter>", "<progress>secret</progress>",
     "<math><semantics><annotation>secret</annotation></semantics></math>",
     "<svg><text>secret</text></svg>", "<iframe>secret</iframe>", "<!-- secret -->"],
)  # fmt: skip
def test_what_no_reader_sees_is_left_out(unseen):
    """Left out without its neighbours: what follows it is still there."""
    assert blocks(f"<p>Before {unseen} after.</p><p>Next.</p>")[-1] == "Next."
    assert "secret" not in "".join(blocks(f"<p>Before {unseen} after.</p>"))
    assert " ".join(blocks(f"<div>Before {unseen} after.</div>")) == "Before after."


def test_page_hidden_until_its_scripts_run_is_seen():
    assert read_visible('<body style="visibility:hidden"><p>Words.</p>').blocks == ("Words.",)


def test_title_is_not_part_of_the_page():
    assert blocks("<p>Words.</p>") == ("Words.",)


def test_prose_in_json_is_embedded():
    """Article bodies in JSON-LD, framework data and globals, with their escapes and markup read."""
    article = {"@type": "NewsArticle", "articleBody": 'He said: "정부는 오늘 발표했다." &amp; left'}
    state = {"props": {"html": "<p>First of two paragraphs.</p><p>The second of two.</p>", "id": "a1b2"}}
    page = read_visible(
        f'<script type="application/ld+json">{json.dumps(article)}</script>'
        f'<script id="__NEXT_DATA__">{json.dumps(state)}</script>'
        r'<script>window.__STATE__ = {"body": "A third text\u0021 Its end."}; var x = \'\x27\';</script><p>Seen.</p>'
    )
    assert page.blocks == ("Seen.",)
    assert page.embedded == (
        'He said: "정부는 오늘 발표했다." & left', "First of two paragraphs.", "The second of two.", "A third text! Its end.",
    )  # fmt: skip


def test_control_characters_are_no_text():
    """Neither as they are, nor as references, nor escaped in JSON; what HTML takes for white space is."""
    page = read_visible(
        "<p>One\x1b]0;\x07 two&#27; &#x1b;three\x9b\tfour\ffive\x7f"
        r'<script>{"body": "One \u001btwo \u009bthree four\ud83d!", "html": "<b>One\u001b two three four five</b>"}</script>'
    )
    assert page.blocks == ("One]0; two three four five",)
    assert page.embedded == ("One two three four!", "One two three four five")


def test_ids_and_addresses_in_json_are_no_prose():
    data = {"url": "https://herald.example/2026/03/13/tariff-pause", "id": "0123456789abcdef0123456789abcdef"}
    assert read_visible(f"<script>{json.dumps(data)}</script>").embedded == ()


@pytest.mark.parametrize("page", ["", "<", "<p", "\x00", '<script>"', "<div>" * 100_000, "<script>" + '\\"' * 200_000])
def test_broken_page_is_read(page):
    assert read_visible(page).embedded == ()


@given(st.lists(st.text("가나다abc é“”—…", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_paragraphs_come_back_as_they_were(paragraphs):
    written = [" ".join(text.split(" ")) for text in paragraphs]
    page = "".join(f"<p>{text}</p>" for text in written)
    assert read_visible(page).blocks == tuple(" ".join(text.split()) for text in written)
