"""Bytes become the text that a browser would show."""

from __future__ import annotations

import codecs
from functools import cache

import pytest
import webencodings
from webencodings.labels import LABELS

from commentary.charsets import decode

KOREAN = (
    "<html><head><title>관세 유예 연장</title></head><body><h1>관세 유예 연장</h1>"
    "<p>정부는 오늘 관세 유예를 석 달 더 연장한다고 발표했다. 대변인은 “기업에 시간을 주기 위한 결정”이라고 말했다.</p></body></html>"
)
JAPANESE = (
    "<p>政府は本日、関税の猶予を三か月延長すると発表した。報道官は「企業に時間を与えるための決定だ」と述べた。</p>"
)
FRENCH = "<p>« Déjà », a-t-il répondu, l’été dernier, à l’œuvre : ça coûtera 5 €.</p>"


@pytest.mark.parametrize("bom", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_rules(bom):
    assert decode(KOREAN.encode(bom), "text/html; charset=iso-8859-1") == KOREAN


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [(KOREAN, "cp949", "EUC-KR"), (KOREAN, "cp949", "ks_c_5601-1987"), (KOREAN, "cp949", "windows-949"),
     (JAPANESE, "cp932", "Shift_JIS"), (JAPANESE, "cp932", "x-sjis"), (FRENCH, "cp1252", "ISO-8859-1")],
)  # fmt: skip
def test_header_is_believed(text, encoding, label):
    assert decode(text.encode(encoding), f'text/html; charset="{label}"') == text


@pytest.mark.parametrize(
    "meta", ['<meta charset="euc-kr">', '<META http-equiv=Content-Type content="text/html; charset=euc-kr">']
)
def test_meta_is_believed(meta):
    assert decode((meta + KOREAN).encode("cp949")) == meta + KOREAN


def test_header_that_the_bytes_contradict_is_passed_over():
    page = '<meta charset="euc-kr">' + KOREAN
    assert decode(page.encode("cp949"), "text/html; charset=utf-8") == page
    assert decode(KOREAN.encode(), "text/html; charset=euc-kr") == KOREAN
    assert decode(KOREAN.encode(), "text/html; charset=iso-8859-1") == KOREAN


@pytest.mark.parametrize(("text", "encoding"), [(KOREAN, "cp949"), (JAPANESE, "cp932"), (JAPANESE, "euc_jp")])
def test_undeclared_charset_is_guessed(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_one_broken_byte_costs_one_character():
    body = ("<meta charset=euc-kr>" + KOREAN * 9).encode("cp949").replace("대변인".encode("cp949"), b"\xff\xff", 1)
    text = decode(body)
    assert text.count("관세 유예를") == 9
    assert "\ufffd" in text


@pytest.mark.parametrize(
    "label", ["idna", "unicode_escape", "utf-7", "base64", "rot13", "punycode", "no-such", "utf-16"]
)
def test_codec_that_is_no_charset_of_a_page_is_passed_over(label):
    assert decode(KOREAN.encode(), f"text/html; charset={label}") == KOREAN
    assert decode(rb"<p>\u0041+AEE-", f"text/html; charset={label}") == r"<p>\u0041+AEE-"


@pytest.mark.parametrize(
    "label", [label for label, name in LABELS.items() if name not in ("replacement", "x-user-defined")]
)
def test_every_label_of_the_web_is_known(label):
    """As WHATWG's Encoding standard has them, and at least what it says they mean."""
    charset = webencodings.lookup(label).codec_info.name
    page = f"<p>{letters_of(charset)}</p>"

    assert decode(page.encode(charset), f"text/html; charset={label}") == page


@cache
def letters_of(charset):
    """Letters that the charset has and ASCII has not."""
    letters = "".join(filter(str.isalpha, map(chr, range(0xA1, 0xD000)))).encode(charset, "ignore").decode(charset)
    assert letters
    return letters[:200]


@pytest.mark.parametrize("place", ["header", "meta"])
def test_escapes_of_iso_2022_jp_are_no_text(place):
    """Its bytes are ASCII, so they are valid UTF-8 too."""
    meta = "<meta charset=iso-2022-jp>" if place == "meta" else ""
    header = "text/html; charset=ISO-2022-JP" if place == "header" else "text/html"

    assert decode((meta + JAPANESE).encode("iso2022_jp"), header) == meta + JAPANESE
    assert decode((meta + KOREAN).encode(), header) == meta + KOREAN  # a page that lies


@pytest.mark.parametrize(
    ("label", "encoding"), [("utf-16le", "utf-16-le"), ("utf-16be", "utf-16-be"), ("UTF-16", "utf-16-le")]
)
def test_utf_16_needs_no_byte_order_mark_if_the_header_says_it(label, encoding):
    assert decode(KOREAN.encode(encoding), f"text/html; charset={label}") == KOREAN
    assert decode(codecs.BOM_UTF8 + KOREAN.encode(), f"text/html; charset={label}") == KOREAN
    assert decode(f"<meta charset={label}>{KOREAN}".encode()) == f"<meta charset={label}>{KOREAN}"


def test_hebrew_by_its_label_of_the_web_is_not_guessed():
    hebrew = "<p>ראש הממשלה אמר אתמול כי המלחמה הסתיימה</p>"

    assert decode(hebrew.encode("iso8859-8"), "text/html; charset=iso-8859-8-i") == hebrew
    assert decode(b"<meta charset=logical>" + hebrew.encode("iso8859-8")).endswith(hebrew)
