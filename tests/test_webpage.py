"""Bytes become the text that a reader sees, and text a tree, however broken they are."""

from __future__ import annotations

import pytest

from commentary.webpage import decode, parse_page

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


@pytest.mark.parametrize("page", ["", " \n", "<!-- nothing -->", "\0"])
def test_empty_page_is_an_empty_tree(page):
    assert [e.tag for e in parse_page(page).iter()] == ["html"]


def test_xml_declaration_does_not_matter():
    assert parse_page(f'<?xml version="1.0" encoding="euc-kr"?>{KOREAN}').findtext(".//h1") == "관세 유예 연장"


def test_no_entity_is_expanded_or_fetched():
    tree = parse_page('<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "bomb">]><p>&a;&b;&amp;</p>')
    assert tree.findtext(".//p") == "&a;&b;&"


def test_deep_nesting_does_not_stop_the_reader():
    deep = parse_page("<div>" * 1000 + "<p>Deep words.</p>" + "</div>" * 1000 + "<p>Words after.</p>")
    assert [p.text for p in deep.iter("p")] == ["Deep words.", "Words after."]
    assert parse_page("<div>" * 500_000).tag == "html"
