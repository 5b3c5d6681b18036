"""Addresses in rendered HTML, seen from another place than the page they were written for."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

# Sanitised HTML has its attributes in double quotes and no bare `<` in its text, so a tag is certain.
_TAG = re.compile(r'<[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*>')
_ADDRESS = re.compile(r' (href|src|cite)="([^"]*)"')


def rebase(markup: str, base: str, *, root: str = "") -> str:
    """Sanitised HTML with relative addresses resolved against `base`, a path or an absolute address (RFC 3986, 5.2).

    `root` comes before every path that results. Fragments of the page itself (`#note`) stay, unless
    `base` names a host.
    """

    def address(match: re.Match[str]) -> str:
        name, value = match[1], html.unescape(match[2])
        if value.startswith("#") and "://" not in base:
            return match[0]
        resolved = urljoin(base, value)
        return f' {name}="{html.escape(root * resolved.startswith("/") + resolved)}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(address, tag[0]), markup)
