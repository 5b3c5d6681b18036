"""
The HTML that may come of a post: every tag and attribute that reaches a page is listed here.

nh3 reads a fragment as a browser would and writes it anew, so what comes out is well-formed whatever went in.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import nh3

# What an author may type in a remark: marks within a sentence. Blocks are made by Markdown's own syntax.
_TYPED = "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
_BLOCKS = "blockquote div h2 h3 h4 h5 h6 hr img li ol p pre table tbody td th thead tr ul"
TYPED_TAGS = frozenset(_TYPED.split())

_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title", "role"},
    "abbr": {"title"},
    "blockquote": {"class"},
    "code": {"class"},
    "del": {"datetime"},
    "div": {"class", "tabindex"},
    "img": {"src", "alt", "width", "height", "loading", "title"},
    "ins": {"datetime"},
    "li": {"id"},
    "ol": {"start", "class"},
    "p": {"class"},
    "span": {"class"},
    "sup": {"id"},
    "td": {"align"},
    "th": {"align"},
    "time": {"datetime"},
}
# `class` is filtered here and not by `allowed_classes`, which panics if `class` is an attribute too.
_CLASSES = {
    "blockquote": re.compile("original"),
    "code": re.compile(r"language-[\w+#.-]+"),
    "div": re.compile("table"),
    "ol": re.compile("notes"),
    "p": re.compile("caption"),
    "span": re.compile("elision|interpolation"),
}
_VALUES = {
    "align": re.compile(
        "left|center|right"
    ),  # what a style could not say under our policy, and no feed reader would heed
    "id": re.compile(r"(?:note|ref)-\S+"),  # of footnotes, and of what refers to them
    "role": re.compile("doc-(?:noteref|backlink)"),  # https://www.w3.org/TR/dpub-aria-1.1/
    "tabindex": re.compile("0"),  # any other takes a page's parts out of their order
}
_ELSEWHERE = re.compile(r"[\s\x00-\x1f]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)

# Characters that neither HTML nor XML can hold; a character reference such as `&#7;` brings them in.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def is_elsewhere(address: str) -> bool:
    """Whether an address has a scheme or names a host: whether following it would leave this site."""
    return _ELSEWHERE.match(re.sub(r"[\t\n\r]", "", address)) is not None  # browsers drop these three anywhere


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "class":
        return " ".join(name for name in value.split() if _CLASSES[tag].fullmatch(name)) or None
    if (allowed := _VALUES.get(attribute)) and not allowed.fullmatch(value):
        return None
    if attribute == "src" and is_elsewhere(value):
        return None  # no page asks a third party for anything
    if attribute in ("href", "src") and not _can_be_read(value):
        return None
    return value


def _can_be_read(address: str) -> bool:
    """Whether those who follow an address, our own programs too, could: of `//[host]/` only the brackets can be."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


_CLEANER = nh3.Cleaner(
    tags=TYPED_TAGS | set(_BLOCKS.split()),
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    attribute_filter=_filtered,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,  # no link opens a window of its own, so there is no opener to guard
)


def sanitise(html: str) -> str:
    """An HTML fragment less all that is not listed above: other tags, attributes, classes and schemes, and comments."""
    clean = _CLEANER.clean(html)
    return clean if clean.isprintable() else _UNWRITABLE.sub("", clean)
