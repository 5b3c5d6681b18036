"""Addresses: which ones are acceptable, when two mean the same page, and how names become slugs."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

MAX_URL = 2000
MAX_SLUG = 100
MAX_NAME = 255  # bytes of one name in a folder, on most file systems

# Parameters that say how a reader came, never what the page is.
_TRACKERS = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ref_src|cmpid", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
# Names that Windows cannot store, whatever follows the first dot.
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)

# Of sanitised HTML, which has its attributes in double quotes: a link with neither scheme nor host, to another page.
_INWARD = re.compile(r'<a(?: [a-z-]+="[^"]*")*? href="(?![a-zA-Z][a-zA-Z0-9+.-]*:|//|[#"])([^"]*)"')

_STAMP = re.compile(r"/([0-9]{14})(?:[a-z]{2}_)?/")
_PLAIN = re.compile(r"[a-z0-9/_.~-]*", re.ASCII | re.IGNORECASE).fullmatch


def quoted(path: str) -> str:
    """A path as URIs have it (RFC 3986); most of ours are so already."""
    return path if _PLAIN(path) else quote(path)


def inward(markup: str) -> tuple[str, ...]:
    """Where the links of sanitised HTML lead that name no host, each once."""
    return tuple(dict.fromkeys(map(html.unescape, _INWARD.findall(markup)))) if "<a" in markup else ()


def check_url(text: str) -> str:
    """Give back an http(s) address byte for byte, or raise ValueError saying what is wrong with it."""
    if not re.match(r"https?://", text, re.IGNORECASE):
        raise ValueError(f"{shorten(text)!r} is not a web address; it must begin with https:// or http://")
    if len(text) > MAX_URL:
        raise ValueError(
            f"{shorten(text)!r} is {len(text)} characters long, over {MAX_URL}; find the page's short address"
        )
    unseen = () if text.isprintable() else text
    if bad := next((c for c in unseen if (c.isspace() and c != " ") or unicodedata.category(c) in ("Cc", "Cf")), None):
        raise ValueError(f"{shorten(text)!r} holds U+{ord(bad):04X}; type the address again")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"{shorten(text)!r} is not a web address; its host or port cannot be read") from None
    if not host or " " in parts.netloc or not re.search(r"\w", host):
        raise ValueError(f"{shorten(text)!r} is not a web address; it names no host")
    if "@" in parts.netloc:
        raise ValueError(f"{shorten(text)!r} carries a user name or password; leave that part out")
    return text


def host_of(url: str) -> str:
    """The host of an address, lower case, without `www.`; empty if it has none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def memento_stamp(uri: str) -> str | None:
    """The moment in the address of an archived copy, as most archives write it: `20250430090000`. None: it has none."""
    stamp = _STAMP.search(uri)
    return stamp[1] if stamp else None


def without_trackers(url: str) -> str:
    """The address less the parameters that only track; the rest is kept byte for byte."""
    address, mark, fragment = url.partition("#")
    path, question, query = address.partition("?")
    kept = [pair for pair in query.split("&") if not _TRACKERS.fullmatch(pair.partition("=")[0])]
    if len(kept) == len(query.split("&")):
        return url
    return f"{path}{question if kept else ''}{'&'.join(kept)}{mark}{fragment}"


def same_page_key(url: str) -> str:
    """Equal for two addresses that mean one page: scheme, its own port, `www.`, trackers, fragment and a last `/` apart."""
    parts = urlsplit(without_trackers(url))
    port = f":{parts.port}" if parts.port not in (None, _PORTS.get(parts.scheme)) else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{host_of(url)}{port}{parts.path.rstrip('/')}{query}"


def slugify(text: str) -> str:
    """Turn a name into a slug: its letters and digits in lower case, hyphens for the rest."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    # Latin letters lose their accents; Hangul is composed again and stays whole.
    bare = unicodedata.normalize("NFC", re.sub(r"[\u0300-\u036f’']", "", folded))
    slug = re.sub(r"[\W_]+", "-", bare).strip("-")
    if len(slug) <= MAX_SLUG:
        return slug
    return slug[:MAX_SLUG].rpartition("-")[0] or slug[:MAX_SLUG]


def check_slug(text: str) -> str:
    """Give back a slug in NFC, or raise ValueError: letters of any script, digits and hyphens, at most 100."""
    slug = unicodedata.normalize("NFC", text)
    if len(slug) > MAX_SLUG:
        raise ValueError(f"{shorten(slug)!r} is {len(slug)} characters long; a slug has at most {MAX_SLUG}")
    if len(slug.encode()) > MAX_NAME:
        raise ValueError(
            f"{shorten(slug)!r} is {len(slug.encode())} bytes long; no folder's name may be over {MAX_NAME}"
        )
    if not slug or any(c != "-" and unicodedata.category(c)[0] not in "LNM" for c in slug):
        raise ValueError(
            f"{slug!r} is not a slug; use letters, digits and hyphens, such as {slugify(slug) or 'a-name'!r}"
        )
    if slug.startswith("-") or slug.endswith("-"):
        raise ValueError(f"{slug!r} begins or ends with a hyphen; write {slug.strip('-')!r}")
    if _RESERVED.fullmatch(slug):
        raise ValueError(f"{slug!r} is a name that Windows cannot store; choose another")
    return slug


def check_path(text: str) -> str:
    """Give back an address below the site's root, `/2025/04/29/old-slug/`, or raise ValueError.

    Percent-encoding is undone; a `/` ends it unless its last part has a file's ending.
    """
    path = unicodedata.normalize("NFC", unquote(text))
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"{shorten(text)!r} is not an address on this site; write it from the root: /2025/04/29/slug/")
    if bad := next(
        (c for c in path if c in "\\?#\ufffd" or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")), None
    ):
        raise ValueError(f"{shorten(text)!r} holds U+{ord(bad):04X}, which no address of a page has; leave it out")
    parts = path.strip("/").split("/")
    if any(part.strip() in ("", ".", "..") or len(part.encode()) > MAX_NAME for part in parts) and path != "/":
        raise ValueError(f"{shorten(text)!r} has a part that is empty, dots alone or over {MAX_NAME} bytes; correct it")
    return path if path.endswith("/") or re.search(r"\.[A-Za-z0-9]{1,5}$", path) else f"{path}/"


def shorten(text: str, most: int = 80) -> str:
    """Cut a long text for a message, with an ellipsis where it was cut."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
