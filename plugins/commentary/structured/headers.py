"""What a browser is told beside the pages: the Content-Security-Policy, and `_headers` for the web host."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Nothing but our own files, and no script but files: what a page's <meta> can say (CSP 3). Under
# Trusted Types no text becomes markup or script at all, so a mistake of ours in a script stays harmless.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def policy_with(data: str) -> str:
    """The policy of a page that holds this text in a data script.

    Browsers run no data and ask for no leave; checkers take every inline script for one that runs.
    """
    digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
    return POLICY.replace("script-src 'self'", f"script-src 'self' 'sha256-{digest}'")


# `frame-ancestors` is heeded in a header alone.
ALWAYS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
HTTPS = {"Strict-Transport-Security": "max-age=31536000"}

HASHED = "theme"  # the folder whose files have their content's hash in their names
FOR_EVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=600"
# Chromium shows a feed of its own media type as plain text in a wrong charset; as XML it takes the feed's style sheet.
_FEEDS = {pattern: {"Content-Type": "application/xml; charset=utf-8"} for pattern in ("/*.atom", "/*.rss")}
MOST_RULES = 100  # that Cloudflare Pages heeds


def headers(paths: Iterable[str], *, root: str, https: bool) -> str:
    """The `_headers` file that Netlify and Cloudflare Pages read, for a site of these files.

    A host joins the values of all rules that match an address, so those on caching never overlap: one
    for each folder or file at the top. What goes beyond the rules a host heeds is left to its default.
    """
    always = ALWAYS | (HTTPS if https else {})
    blocks = [_block(root + pattern, values) for pattern, values in {"/*": always, **_FEEDS}.items()]
    tops = {_top(*first) for first in {path.partition("/")[:2] for path in paths}}
    in_order = sorted(tops, key=lambda top: (top != f"/{HASHED}/*", top))
    for top in in_order[: MOST_RULES - len(blocks)]:
        caching = FOR_EVER if top == f"/{HASHED}/*" else SHORT
        blocks.append(_block(root + top, {"Cache-Control": caching}))
    return "\n".join(blocks)


def _top(name: str, slash: str) -> str:
    """The rule for a folder at the top, or for a file there; `/` for the front page."""
    if slash:
        return f"/{name}/*"
    return "/" if name == "index.html" else f"/{name}"


def _block(pattern: str, values: dict[str, str]) -> str:
    return "".join([f"{pattern}\n", *(f"  {name}: {value}\n" for name, value in values.items())])
