"""A page becomes a tree, however broken it is."""

from __future__ import annotations

import pytest

from commentary.webpage import MOST_ATTRIBUTES, parse_page, visible_blocks

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


def test_a_tag_of_countless_attributes_is_read_without_most_of_them():
    """Else each that is added has all before it looked through: this page would take half a minute."""
    many = " ".join(f"a{number:x}=1" for number in range(100_000))
    tree = parse_page(
        f"<title>T</title><p id=quoted {many}>The words, <!-- no -->and <b>more</b> of them.<p>Then these."
    )
    quoted, then = tree.iter("p")
    assert (quoted.get("id"), len(quoted.attrib)) == ("quoted", MOST_ATTRIBUTES)
    assert [*visible_blocks(tree)] == ["The words, and more of them.", "Then these."]
    assert (tree.tag, then.getparent().tag, tree.findtext("head/title")) == ("html", "body", "T")


def test_a_tag_of_many_attributes_has_them_all():
    many = " ".join(f"a{number:x}=1" for number in range(MOST_ATTRIBUTES))
    assert len(parse_page(f"<p {many}>The words.</p>").find(".//p").attrib) == MOST_ATTRIBUTES
