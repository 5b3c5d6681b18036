"""A page becomes a tree, however broken it is."""

from __future__ import annotations

import pytest

from commentary.webpage import parse_page

KOREAN = (
    "<html><head><title>관세 유예 연장</title></head><body><h1>관세 유예 연장</h1>"
    "<p>정부는 오늘 관세 유예를 석 달 더 연장한다고 발표했다. 대변인은 “기업에 시간을 주기 위한 결정”이라고 말했다.</p></body></html>"
)


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
