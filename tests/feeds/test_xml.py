"""What is written of XML is what a tree of the same would be."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from commentary.feeds.entry import writable
from commentary.feeds.xml import Writer

TEXTS = st.text(st.characters() | st.sampled_from("&<>\"'\r\n\t \u00a0\x00\ud800]"))


@given(TEXTS, TEXTS)
def test_any_text_and_attribute_are_written_as_lxml_writes_them(text, value):
    """Less the characters that XML has no way to write, which it refuses."""
    xml = Writer()
    with xml.within("root", value=value), xml.within("child"):
        xml.element("leaf", text, value=value)
        xml.element("empty", none=None)
    root = etree.Element("root", value=writable(value))
    child = etree.SubElement(root, "child")
    etree.SubElement(child, "leaf", value=writable(value)).text = writable(text)
    etree.SubElement(child, "empty")

    assert xml.document() == etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def test_an_element_with_nothing_in_it_closes_itself():
    xml = Writer()
    with xml.within("opml"), xml.within("body"):
        pass

    assert xml.document().endswith(b"<opml>\n  <body/>\n</opml>\n")


def test_references_may_be_hexadecimal():
    xml = Writer(ampersand="&#x26;", less="&#x3C;")
    xml.element("title", "a & <b>", href="?a&b")

    assert xml.document().endswith(b'<title href="?a&#x26;b">a &#x26; &#x3C;b&gt;</title>\n')
