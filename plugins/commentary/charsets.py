"""Bytes of a page as text: in the charset that a browser would read them in."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_SUPERSETS = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso2022_jp": "iso2022_jp_ext",
    "iso8859-1": "cp1252",
    "iso8859-11": "cp874",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "utf-16": "utf-16-le",
}
# Labels of the same standard that Python does not know, or knows as something else.
_LABELS = {
    label: name
    for name, labels in {
        "big5": "cn-big5 x-x-big5",
        "cp874": "dos-874",
        "cp932": "windows-31j",
        "cp949": "cseuckr csksc56011987 iso-ir-149 ks_c_5601-1989 ksc_5601",
        "euc_jp": "cseucpkdfmtjapanese",
        "gb18030": "csgb2312 gb_2312 gb_2312-80",
        "iso8859-6": "csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i",
        "iso8859-7": "sun_eu_greek",
        "iso8859-8": "csiso88598e csiso88598i iso-8859-8-e iso-8859-8-i logical visual",
        "iso8859-15": "csisolatin9",
        "koi8-r": "koi koi8",
        "koi8-u": "koi8-ru",
        "mac-cyrillic": "x-mac-ukrainian",
        "mac-roman": "csmacintosh mac",
        "utf-16-be": "unicodefffe",
        "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff",
        "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
    }.items()
    for label in labels.split()
}
# Charsets in which ASCII may mean something else, and the byte that every text in them has and no other.
_TELLTALES = {"iso2022_jp_ext": b"\x1b", "utf-16-le": b"\0", "utf-16-be": b"\0"}


def decode(body: bytes, content_type: str = "") -> str:
    """A page's text: its charset by the BOM, the header, the `<meta>`, else by what its bytes look like.

    A declared charset that the bytes contradict is passed over: of real pages many say what is not so. A few broken
    bytes become U+FFFD.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body.decode(name, errors="replace")
    declared = list(_declared(body, content_type))
    for name in declared:
        if (telltale := _TELLTALES.get(name)) and telltale in body:
            return body.decode(name, errors="replace")
    declared = [name for name in declared if name not in _TELLTALES]
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
    if found := _HEADER.search(content_type):
        yield from _named(found[1])
    if meta := _META.search(body[:_META_WITHIN]):
        # What says in ASCII that it is UTF-16 is not.
        yield from (name for name in _named(meta[1].decode("ascii", "replace")) if not name.startswith("utf-16"))


def _named(label: str) -> Iterator[str]:
    """Python's name of the charset that a label means on the web; none, if it means none."""
    text = re.sub(r"^iso8859(?=\d)", "iso8859-", label.lower())
    try:
        name = codecs.lookup(_LABELS.get(text) or re.sub(r"^x-", "", text).replace("windows-", "cp")).name
    except (LookupError, ValueError):
        return
    if _CHARSET.fullmatch(name):
        yield _SUPERSETS.get(name, name)


def _guess(body: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, seldom needed

    words = (piece for piece in re.split(rb"[<>]", body) if not piece.isascii())  # not tags, not scripts
    best = from_bytes(b" ".join(words)[:_SAMPLE]).best()
    return _SUPERSETS.get(best.encoding, best.encoding) if best else "utf-8"
