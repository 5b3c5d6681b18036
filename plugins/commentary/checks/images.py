"""What must hold of the images in remarks and pages."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from commentary.checks.places import lines_with
from commentary.findings import Finding, found
from commentary.images import IMG, SRC
from commentary.model import Document, Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_WORDS = re.compile(r' alt="\s*[^"\s]')
_WORDLESS = r"!\[\s*\]|<img"  # as it is typed


def images_are_there(piece: Post | Document, addresses: set[str], root: Path) -> Iterator[Finding]:
    """A finding for every image of a post or document that is not among the site's files."""
    base = piece.permalink if isinstance(piece, Post) else f"/{piece.slug}/"
    for _, source, line in _images(piece, root):
        address = unquote(urljoin(base, source))
        if not source or address not in addresses:
            message = f"there is no image at {address if source else 'no address'}; put it into content/images and name it /images/FILE"
            yield found(piece.path, line(), "missing-image", message)


def images_have_words(post: Post, root: Path) -> Iterator[Finding]:
    """An image says in words what it shows, for readers who do not see it: `![A tank in a field](/images/tank.jpg)`.

    An image that only decorates says nothing, and had better go; or add `allow: image-without-words`.
    """
    for tag, _, line in _images(post, root, beside=_WORDLESS):
        if not _WORDS.search(tag):
            message = "an image has no words; write what it shows between the brackets of `![…](…)`"
            yield found(post.path, line(), "image-without-words", message)


def _images(piece: Post | Document, root: Path, beside: str = "") -> Iterator[tuple[str, str, Callable[[], int]]]:
    """Each image: its tag, its address as typed, and what tells the line it stands in; each is to be asked for once."""
    shown = [(part.line, part.html) for part in piece.remarks] if isinstance(piece, Post) else [(1, piece.html)]
    for start, markup in shown:
        lines: dict[str, Iterator[int]] = {}
        for tag in IMG.findall(markup):
            written = SRC.search(tag)
            source = html.unescape(written[1]) if written else ""
            if source not in lines:
                lines[source] = lines_with(source, path=piece.path, start=start, root=root, beside=beside)
            yield tag, source, lines[source].__next__


IMAGE_CHECKS: Mapping[str, Callable[[Post, Path], Iterator[Finding]]] = {"image-without-words": images_have_words}
