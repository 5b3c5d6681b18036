"""A web page's bytes as text, its text as a tree, the tree as a reader sees it: what all who read pages share."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from lxml import etree, html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_META_WITHIN = 4096  # bytes: the HTML standard looks at 1024, real pages put scripts before it
_SAMPLE = 1 << 18  # bytes that are enough to tell a charset by, and quick to look at

# Python has codecs that are no charsets (idna, unicode_escape, utf-7 …): a page must not choose among those.
_CHARSET = re.compile(
    r"utf-(8|16|16-le|16-be)|ascii|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|euc_\w+|gb\w+|big5\w*|shift_jis\w*"
    r"|iso2022_(jp|kr)|johab|tis-620|ptcp154|kz1048"
)
# What a label means on the web (WHATWG Encoding, 4.2): the superset that pages are really written in.
_SUPERSETS = {"euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"} | dict.fromkeys(
    ("ascii", "iso8859-1"), "cp1252"
)

# Elements that begin and end a line (HTML 15.3), and table cells and controls, which stand apart on the screen.
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
        " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav ol optgroup option p pre"
        " search section select summary table tbody td textarea tfoot th thead tr ul",
    )
)
# `noscript` shows only where scripts are off; `rt` and `rp` spell out the ruby characters beside them.
_UNSEEN = frozenset(
    re.findall(
        r"\w+",
        "audio canvas datalist head iframe noembed noframes noscript object rp rt script style svg template title"
        " video",
    )
)
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")  # what HTML collapses; a no-break space is the page's own


def decode(body: bytes, content_type: str = "") -> str:
    """A page's text: its charset by the BOM, the header, the `<meta>`, else by what its bytes look like.

    A declared charset that the bytes contradict is passed over; a few broken bytes become U+FFFD.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, errors="replace")
    declared = list(_declared(body, content_type))
    # Bytes outside ASCII that are valid UTF-8 are UTF-8, whatever a server's default header says.
    for name in ("utf-8", *declared):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    for name in declared:
        text = body.decode(name, errors="replace")
        if text.count("\ufffd") * 100 <= sum(not c.isascii() for c in text):
            return text
    return body.decode(_guess(body), errors="replace")


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    labels = [m[1] for m in [_HEADER.search(content_type)] if m]
    labels += [m[1].decode("ascii", "replace") for m in [_META.search(body[:_META_WITHIN])] if m]
    for label in labels:
        try:
            name = codecs.lookup(re.sub(r"^x-", "", label.lower()).replace("windows-", "cp")).name
        except (LookupError, ValueError):
            continue
        if _CHARSET.fullmatch(name) and not name.startswith("utf-16"):  # as UTF-16, it could not have said so in ASCII
            yield _SUPERSETS.get(name, name)


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, seldom needed

    words = (piece for piece in re.split(rb"[<>]", body) if not piece.isascii())  # not tags, not scripts
    best = from_bytes(b" ".join(words)[:_SAMPLE]).best()
    return _SUPERSETS.get(best.encoding, best.encoding) if best else "utf-8"


def parse_page(page: str | bytes) -> HtmlElement:
    """The tree of an HTML page, however broken; bytes are decoded first. An empty page is an empty `<html>`.

    libxml2 expands no entity beyond HTML's own and fetches nothing. It stops at 2,048 levels of nesting;
    walk the tree with `iter`, never by recursion.
    """
    text = decode(page) if isinstance(page, bytes) else page
    # Without huge_tree it stops at 256 levels, which pages with unclosed tags do reach.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        return html.document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing in it, or nothing but comments
        return html.document_fromstring(b"<html></html>", parser=parser)


def visible_blocks(tree: HtmlElement) -> Iterator[str]:
    """All visible text of a page, block by block, in document order.

    Blocks are free of HTML's white space at their ends and in runs; nothing else is changed. What
    `hidden` or an inline style hides is left out; style sheets are not looked at.
    """
    line: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        bounds = element.tag in _BLOCKS
        if bounds and (text := _collapsed(line)):
            yield text
        if bounds:
            line.clear()
        if event == "start":
            if element.tag in _UNSEEN or _is_hidden(element):
                walk.skip_subtree()
            else:
                line.append("\n" if element.tag == "br" else element.text or "")
        else:
            line.append(element.tail or "")
    if text := _collapsed(line):
        yield text


def _collapsed(line: list[str]) -> str:
    return _BLANKS.sub(" ", "".join(line)).strip(" ")


def _is_hidden(element: HtmlElement) -> bool:
    # Whole pages are hidden until their scripts show them, so the outermost elements do not count.
    if element.tag in ("html", "body"):
        return False
    return element.get("hidden", "until-found") != "until-found" or bool(_HIDING.search(element.get("style", "")))
