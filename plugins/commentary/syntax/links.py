"""Addresses in rendered HTML, seen from another place than the page they were written for."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

# Sanitised HTML has its attributes in double quotes and no bare `<` in its text, so a tag with attributes is certain.
_TAG = re.compile(r'<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")+>')
_ADDRESS = re.compile(r' (href|src|cite)="([^"]*)"')
# What is left as it is, wherever it stands: most addresses, and this is quicker to see than to work out.
_WHOLE = (
    r"https?://[A-Za-z0-9.:-]+(?:/(?:[^\s\"'<>&;?#]|&amp;)*)?"
    r"(?:\?(?:[^\s\"'<>&;#]|&amp;)+)?(?:#(?:[^\s\"'<>&;]|&amp;)+)?"
)
_IS_WHOLE = re.compile(_WHOLE).fullmatch
_HAS_OTHERS = re.compile(rf' (?:(?:href|src|cite)="(?!{_WHOLE}")|srcset=")').search
_ADDRESSES = re.compile(r' srcset="([^"]*)"')  # ours: addresses that hold no comma, each with a width


def rebase(markup: str, base: str, *, root: str = "") -> str:
    """Sanitised HTML with relative addresses resolved against `base`, a path or an absolute address (RFC 3986, 5.2).

    `root` comes before every path that results. Fragments of the page itself (`#note`) stay, unless
    `base` names a host.
    """

    def resolved(value: str) -> str:
        whole = urljoin(base, html.unescape(value))
        return html.escape(root * whole.startswith("/") + whole)

    def address(match: re.Match[str]) -> str:
        if _IS_WHOLE(match[2]) or (match[2].startswith("#") and "://" not in base):
            return match[0]
        return f' {match[1]}="{resolved(match[2])}"'

    def addresses(match: re.Match[str]) -> str:
        pairs = (candidate.split(" ") for candidate in match[1].split(", "))
        return f' srcset="{", ".join(f"{resolved(value)} {width}" for value, width in pairs)}"'

    if not _HAS_OTHERS(markup):
        return markup
    return _TAG.sub(lambda tag: _ADDRESSES.sub(addresses, _ADDRESS.sub(address, tag[0])), markup)
