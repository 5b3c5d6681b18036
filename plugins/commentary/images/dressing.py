"""Images in rendered HTML, given their size and versions."""

from __future__ import annotations

import hashlib
import html
import re
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, unquote, urljoin

from commentary.model import Document, Post, Remark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commentary.images.picture import Picture

Piece = TypeVar("Piece", Post, Document)

# How wide the style sheet shows them: --measure, or the screen less its gutters.
SIZES = "(min-width: 37rem) 33rem, 92vw"
# As the sanitiser writes an image and its address.
IMG = re.compile(r'<img(?: [a-z-]+="[^"]*")*>')
SRC = re.compile(r' src="([^"]*)"')
_LOADING = re.compile(r' (?:width|height|loading)="[^"]*"')


def dressed(piece: Piece, pictures: Mapping[str, Picture]) -> Piece:
    """A post or document whose images have their sizes and versions; its digest covers those."""
    seen: list[Picture] = []

    def dress(markup: str, base: str, *, first: bool) -> str:
        def tag(match: re.Match[str]) -> str:
            source = SRC.search(match[0])
            picture = pictures.get(_path(source[1], base)) if source else None
            if not picture:
                return match[0]
            seen.append(picture)
            return _markup(match[0], picture, lazy=not first or len(seen) > 1)

        return IMG.sub(tag, markup)

    if isinstance(piece, Document):
        page = dress(piece.html, f"/{piece.slug}/", first=True)
        return piece.model_copy(update={"html": page, "digest": _covering(piece.digest, seen)}) if seen else piece
    parts = tuple(
        part.model_copy(update={"html": dress(part.html, piece.permalink, first=part is piece.parts[0])})
        if isinstance(part, Remark) and "<img" in part.html
        else part
        for part in piece.parts
    )
    return piece.model_copy(update={"parts": parts, "digest": _covering(piece.digest, seen)}) if seen else piece


def _markup(tag: str, picture: Picture, *, lazy: bool) -> str:
    """The first picture of a post that begins with one is loaded at once, others when they come near."""
    size = f' width="{picture.width}" height="{picture.height}"' + (' loading="lazy"' if lazy else "")
    versions = ", ".join(f"{quote(address)} {width}w" for width, address in picture.versions)
    image = _LOADING.sub("", tag).removesuffix(">") + size + ">"
    return f'<picture><source type="image/webp" srcset="{versions}" sizes="{SIZES}">{image}</picture>'


def _covering(digest: str, pictures: list[Picture]) -> str:
    return hashlib.sha256("\n".join([digest, *(p.digest for p in pictures)]).encode()).hexdigest()


def _path(src: str, base: str) -> str:
    """The address below the site's root that an `src` names on the page at `base`."""
    return unquote(urljoin(base, html.unescape(src)))
