"""A web page's text as a tree, the tree as a reader sees it: what all who read pages share."""

from __future__ import annotations

import re
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any

from lxml import etree, html

from commentary.charsets import decode
from commentary.inline_style import inline_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

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
        r"[\w-]+",
        "annotation annotation-xml audio canvas datalist head iframe meter noembed noframes noscript object progress rp rt"
        " script style svg template title video",
    )
)
# Elements that a browser's search for words does not look across, though they stand in a line; `rt` is beside its base.
_ISLANDS = frozenset(("br", "canvas", "input", "marquee", "math", "mi", "mn", "mo", "ms", "mtext", "rt", "svg"))
_SPACED = frozenset(("listing", "plaintext", "pre", "textarea", "xmp"))  # that show white space as it is
_BLOCK_DISPLAYS = frozenset(("block", "flex", "flow-root", "grid", "list-item", "table", "table-cell", "table-row"))
_NO_BOXES = frozenset(("contents", "inherit", "initial", "inline", "none", "revert", "unset"))
_BLANKS = re.compile(r"[ \t\n\r\f]+")  # what HTML collapses; a no-break space is the page's own
_MORE_THAN_A_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")

# Controls but white space, which a browser does not show and a terminal obeys; halves of characters, from JSON.
_UNREADABLE = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")

MOST_ATTRIBUTES = 500  # of a tag; pages of text have a few dozen, and a tree of tags with 100,000 takes half a minute

BREAK = "\0"  # no page's text holds it
# Runs are matched whole and looked into then: whatever has to find something in a run takes long if it is not there.
_BREAKS = re.compile(rf"[ \t\n\r\f{BREAK}]+")
_GAP, _WHITE = re.compile(r"\s[\s\u200b\ufeff]+|[\u2028\u2029]"), re.compile(r"\s+")


def read_markup(body: bytes, content_type: str = "") -> str:
    """A page's text as HTML. What comes as plain text is written as such, for a browser shows its `<` as they are."""
    text = decode(body, content_type)
    if content_type.partition(";")[0].strip().lower() != "text/plain":
        return text
    paragraphs = re.split(r"\n[^\S\n]*\n\s*", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(f"<pre>{escape(paragraph, quote=False)}</pre>" for paragraph in paragraphs)


def readable(text: str) -> str:
    """A text of a page without control characters: they are no part of what it says."""
    return _UNREADABLE.sub("", text)


def parse_page(page: str | bytes) -> HtmlElement:
    """The tree of an HTML page, however broken; bytes are decoded first. An empty page is an empty `<html>`.

    Of a tag's attributes the first MOST_ATTRIBUTES are kept. libxml2 expands no entity beyond HTML's own and fetches
    nothing. It stops at 2,048 levels of nesting; walk the tree with `iter`, never by recursion.
    """
    text = decode(page) if isinstance(page, bytes) else page
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        counted = _Attributes()
        etree.fromstring(data, parser=_parser(counted))
        sparing = _Sparing() if counted.most > MOST_ATTRIBUTES else None
        return html.document_fromstring(data, parser=_parser(sparing))
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it, or nothing but comments
        return html.document_fromstring(b"<html></html>", parser=_parser())


def _parser(target: Any = None) -> html.HTMLParser:
    # Without huge_tree it stops at 256 levels, which pages with unclosed tags do reach.
    return html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, target=target)


class _Attributes:
    """How many attributes a tag of a page has at most; no tree is built, for libxml2 goes through all to add another."""

    most = 0

    def start(self, _: str | bytes, attributes: dict[str | bytes, str | bytes]) -> None:
        self.most = max(self.most, len(attributes))

    def close(self) -> None:
        """There is nothing to give."""


class _Sparing:
    """Builds the tree with no more attributes of a tag than we allow."""

    def __init__(self) -> None:
        make: Any = html.HTMLParser().makeelement
        builder = etree.TreeBuilder(element_factory=make)
        self._start, self.end, self.data, self.close = builder.start, builder.end, builder.data, builder.close

    def start(self, tag: str | bytes, attributes: dict[str | bytes, str | bytes]) -> None:
        self._start(tag, dict(islice(attributes.items(), MOST_ATTRIBUTES)))


def visible_blocks(tree: HtmlElement) -> Iterator[str]:
    """All visible text of a page, block by block, in document order.

    Blocks are free of HTML's white space at their ends and in runs; nothing else is changed. What
    `hidden` or an inline style hides is left out; style sheets are not looked at.
    """
    return (block.replace(BREAK, "") for block in broken_blocks(tree))


def broken_blocks(tree: HtmlElement) -> Iterator[str]:
    """The visible blocks with a BREAK at each place within a block that a browser's search for words does not cross."""
    line: list[str] = []
    spaced = 0  # how many elements that show white space as it is we are in
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        style = inline_style(element.get("style", ""))
        if element.tag in _BLOCKS or style.get("display") in _BLOCK_DISPLAYS:
            if text := _collapsed(line):
                yield text
            line.clear()
        elif _is_apart(element, style):
            line.append(BREAK)
        shows_space = element.tag in _SPACED or style.get("white-space", "").startswith(("pre", "break-spaces"))
        text = ""
        if event == "end":
            spaced -= shows_space
            text = element.tail or ""
        elif element.tag in _UNSEEN or _is_hidden(element, style):
            spaced += shows_space
            walk.skip_subtree()
        else:
            spaced += shows_space
            text = "\n" if element.tag == "br" else element.text or ""
        line.append(_MORE_THAN_A_SPACE.sub(f"{BREAK} ", text) if spaced else text)
    if text := _collapsed(line):
        yield text


def _collapsed(line: list[str]) -> str:
    text = readable("".join(line))
    if BREAK in text:
        text = _BREAKS.sub(_broken, text).strip(f" {BREAK}")
    return _GAP.sub(_parted, _BLANKS.sub(" ", text).strip(" "))


def _broken(run: re.Match[str]) -> str:
    if BREAK not in run[0]:
        return run[0]
    return f"{BREAK} " if run[0].strip(BREAK) else BREAK


def _parted(gap: re.Match[str]) -> str:
    """A gap with a break before white space that is more than one blank, or another than a link can write."""
    last = len(gap[0].rstrip("\u200b\ufeff"))

    def part(white: re.Match[str]) -> str:
        is_wide = len(white[0]) > 1 or white.end() < last or white[0] in "\u2028\u2029"
        return BREAK * is_wide + white[0]

    return _WHITE.sub(part, gap[0])


def _is_apart(element: HtmlElement, style: Mapping[str, str]) -> bool:
    """Whether an element that is no block of ours is one to the browser, or a box of its own in the line."""
    if element.tag in _ISLANDS or style.get("display", "inline") not in _NO_BOXES:
        return True
    if style.get("float", "none") != "none" or style.get("position") in ("absolute", "fixed"):
        return True
    parent = element.getparent()
    around = inline_style(parent.get("style", "")).get("display", "") if parent is not None else ""
    return around.endswith(("flex", "grid"))


def _is_hidden(element: HtmlElement, style: Mapping[str, str]) -> bool:
    # Whole pages are hidden until their scripts show them, so the outermost elements do not count.
    if element.tag in ("html", "body"):
        return False
    if style.get("visibility") in ("hidden", "collapse") or style.get("content-visibility") == "hidden":
        return True
    # Many a style sheet says that `hidden` goes before any `display`.
    if element.get("hidden", "until-found").lower() != "until-found" or style.get("display") == "none":
        return True
    # What opens over the page is closed until a script opens it, unless it says otherwise.
    is_open = element.get("open") is not None if element.tag == "dialog" else element.get("popover") is None
    return not is_open and "display" not in style
