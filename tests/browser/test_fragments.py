"""A link with text directives opens its page at the quoted words, in real Chromium."""

from __future__ import annotations

import html

import pytest

from commentary.quotation.fold import Span
from commentary.quotation.fragment import fragment, with_fragment
from commentary.quotation.match import verify
from commentary.quotation.verdict import Verdict
from commentary.snapshots.visible import read_visible
from tests.quotation.texts import ENGLISH, JAPANESE, KOREAN, excerpt

SOURCES = {"en": ENGLISH, "ko": KOREAN, "ja": JAPANESE}
PUNCTUATED = {
    "en": "The well-known, half-finished ferry—R&D at 50%—waits.",
    "ko": "반(半)-완성 여객선, ‘북부-호’는 50% 할인 중이다.",
    "ja": "半-完成の船、「北-号」は、50%引きで待っている。",
}
REPEATED = {"en": "Nobody answered.", "ko": "아무도 대답하지 않았다.", "ja": "誰も答えなかった。"}

ONE_BLOCK = {
    "en": "the costs of two hundred million crowns are a guess at best",
    "ko": "낡은 부두를 점검한 기술자들은 벽이 거의 1.5미터나 쓸려 나갔다고",
    "ja": "壁がほとんど流されていたと述べ",
}
TWO_BLOCKS = {
    "en": "The board had promised a first crossing by May. Engineers who inspected the old quay in January found",
    "ko": "첫 운항을 하겠다고 약속한 바 있다. 지난 1월 낡은 부두를 점검한",
    "ja": "委員会は五月までに最初の運航を約束していた。 一月に古い岸壁を調べた技術者たちは",
}
ELIDED = {
    "en": "promised a first crossing by May. […] Its workers’ council agreed to the plan.",
    "ko": "북부 노선을 열지 않겠다”고 말했다. […] 두 번째 배를 완성할 수 없다며",
    "ja": "北の航路を開くつもりはない […] 造船所は今年中に二隻目の船を完成できない",
}


@pytest.fixture(name="article", params=["en", "ko", "ja"])
def _article(request, tmp_path, serve):
    """A long page in one of three languages: its language, its text as we save it, and its address."""
    lang = request.param
    filler = [f"<p>{number}</p>" for number in range(150)]
    blocks = [*SOURCES[lang].blocks, REPEATED[lang], *filler, PUNCTUATED[lang], *filler, REPEATED[lang]]
    body = "".join(block if block.startswith("<p>") else f"<p>{html.escape(block)}</p>" for block in blocks)
    page = (
        f"<!doctype html><html lang={lang}><meta charset=utf-8><title>-</title>{''.join(filler)}{body}{''.join(filler)}"
    )
    (tmp_path / "article.html").write_text(page, encoding="utf-8")
    return lang, read_visible(page), f"{serve(tmp_path)}/article.html"


def blocks_in_view(page, address):
    """The paragraphs that are in view after opening an address, fillers left out."""
    page.goto("about:blank")  # else only the fragment would change, which is no navigation
    page.goto(address)
    page.wait_for_timeout(100)  # the search begins after loading
    script = """() => [...document.querySelectorAll('p')].filter(p => {
        const box = p.getBoundingClientRect()
        return scrollY > 0 && box.top >= 0 && box.bottom <= innerHeight
    }).map(p => p.textContent)"""
    return [text for text in page.evaluate(script) if not text.isdecimal()]


@pytest.mark.parametrize("passage", [ONE_BLOCK, TWO_BLOCKS, ELIDED, PUNCTUATED], ids=["one", "two", "elided", "marks"])
def test_link_opens_at_the_quoted_words(page, article, passage):
    """Each directive by itself, and all together, bring the block with the words into view."""
    lang, source, address = article
    found = verify(excerpt(passage[lang]), source)
    directives = fragment(source, found.passages)
    assert directives
    assert directives.count("text=") == len(found.passages)
    for directive, (start, _) in zip(directives.split("&"), found.passages, strict=True):
        block = source.blocks[source.text.count("\n", 0, start)]
        assert block in blocks_in_view(page, with_fragment(address, directive))
    assert blocks_in_view(page, with_fragment(address, directives))


def test_repeated_passage_opens_where_it_was_quoted(page, article):
    """The first and the last occurrence have different directives, and each lands."""
    lang, source, address = article
    text = REPEATED[lang]
    first, last = source.text.index(text), source.text.rindex(text)
    near_first = fragment(source, [Span(first, first + len(text))])
    near_last = fragment(source, [Span(last, last + len(text))])
    assert near_first
    assert SOURCES[lang].blocks[-1] in blocks_in_view(page, with_fragment(address, near_first))
    assert near_last
    assert blocks_in_view(page, with_fragment(address, near_last)) == [text]


SCRIPTS = {
    "hi": "<p>प्रधानमंत्री ने कहा कि सरकार बातचीत जारी रखेगी और प्रतिबंध नहीं हटाएगी</p>",
    "ta": "<p>அமைச்சர் பதவி விலகினார் என்று அரசு தெரிவித்தது</p>",
    "my": "<p>ဝန်ကြီးက စစ်ပွဲပြီးဆုံးပြီဟု ပြောကြားခဲ့သည်</p>",
    "th": "<p>รัฐบาลกล่าวว่าจะไม่ยกเลิกมาตรการคว่ำบาตรต่อเกาหลีเหนือในปีนี้</p>",
    "ar": "<p>قَالَ الوَزِيرُ إِنَّ الحَرْبَ انْتَهَتْ اليَوْمَ فِي المَدِينَةِ</p>",
    "fa": "<p>وزیر گفت که او امروز می‌رود و برنمی‌گردد</p>",
}


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("hi", "सरकार बातचीत जारी रखेगी"),
        ("ta", "பதவி விலகினார் என்று"),
        ("my", "စစ်ပွဲပြီးဆုံးပြီဟု"),
        ("th", "จะไม่ยกเลิกมาตรการคว่ำบาตรต่อเกาหลีเหนือ"),
        ("ar", "إِنَّ الحَرْبَ انْتَهَتْ"),
        ("fa", "او امروز می‌رود"),
    ],
    ids=list(SCRIPTS),
)
def test_link_opens_at_words_with_vowel_signs(page, tmp_path, serve, script, text):
    assert opens(page, tmp_path, serve, SCRIPTS[script], text)


KOREAN_BREAK = "정부는 북한에 대한 제재를 해제하지 않겠다고 밝혔다.<br><br>외교부 당국자는 12일 이같이 말했다."
KOREAN_QUOTED = "제재를 해제하지 않겠다고 밝혔다. 외교부 당국자는 12일 이같이 말했다."
LONG = (
    "북한에 대한<br>제재를 해제하지 않겠다고 밝혔다. 그러나 상황에 따라 다시 검토할 수 있다고 덧붙이면서 여러 차례"
    " 회의를 열었다고 전했다. 이어서 그는 관계국과 협의하겠다고 했다. 외교부 당국자는 12일 이같이 말했다."
)
BROKEN = "The government has resigned from the council this morning"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<div>{KOREAN_BREAK}</div>", KOREAN_QUOTED),
        (f"<div>{KOREAN_BREAK.replace('<br><br>', '<br>')}</div>", KOREAN_QUOTED),
        (f"<div>정부는 {LONG}</div>", LONG.replace("<br>", " ")),
        ("<p>He said: The government has resigned<br>from the<br>council this morning.</p>", BROKEN),
        ("<pre>He said: The government has\n   resigned  from\tthe council this morning.</pre>", BROKEN),
        ('<p style="white-space:pre-wrap">The government has\nresigned from the council this morning.</p>', BROKEN),
        ("<p>The government has&nbsp; resigned from the council this morning.</p>", BROKEN),
        ('<p>The government has <b style="display:block">resigned from</b> the council this morning</p>', BROKEN),
        ('<p>The government <b style="display:inline-block">has</b> resigned from the council this morning.</p>', BROKEN),
        (
            '<div style="display:flex"><b>The government</b> <b>has resigned</b> <i>from the council this morning</i></div>',
            BROKEN,
        ),
        ('<p><span style="float:left">T</span>he government has resigned from the council this morning.</p>', BROKEN),
        ("<p>政府は<ruby>金<rt>キム</rt>正恩<rt>ジョンウン</rt></ruby>総書記と会談すると述べた。</p>", "政府は金正恩総書記と会談すると"),
        (
            "<p>政府は<ruby>関税<rp>(</rp><rt>かんぜい</rt><rp>)</rp></ruby>の<ruby>猶予<rt>ゆうよ</rt></ruby>を決めたと述べた。</p>",
            "関税の猶予を決めたと述べた",
        ),
    ],
    ids=[
        "two breaks", "one break", "a long one", "breaks in English", "pre", "pre-wrap", "two spaces", "block",
        "inline-block", "flex", "float", "ruby", "ruby in kana",
    ],
)  # fmt: skip
def test_link_opens_at_words_that_a_break_parts(page, tmp_path, serve, body, text):
    """The excerpt is verbatim, and its link does not ask Chromium for words that it would not look for across a break."""
    assert opens(page, tmp_path, serve, body, text)


def opens(page, folder, serve, body, text):
    """Whether the link to an excerpt from the middle of a long page scrolls to it."""
    filler = "".join(f"<p>{number}</p>" for number in range(150))
    markup = f"<!doctype html><meta charset=utf-8><title>-</title>{filler}<div id=quoted>{body}</div>{filler}"
    (folder / "page.html").write_text(markup, encoding="utf-8")
    source = read_visible(markup)
    found = verify(excerpt(text), source)
    assert found.verdict is Verdict.VERBATIM
    directives = fragment(source, found.passages)
    assert directives, "no fragment"
    page.goto("about:blank")
    page.goto(with_fragment(f"{serve(folder)}/page.html", directives))
    page.wait_for_timeout(100)
    return page.evaluate("""() => {
        const box = document.getElementById('quoted').getBoundingClientRect()
        return scrollY > 0 && box.bottom > 0 && box.top < innerHeight
    }""")


def test_words_that_are_not_there_do_not_scroll(page, article):
    """A fragment that matches nothing, and a page that knows none, open at the top."""
    _, _, address = article
    assert blocks_in_view(page, with_fragment(address, "text=zebra%20crossing")) == []
    assert page.evaluate("scrollY") == 0
