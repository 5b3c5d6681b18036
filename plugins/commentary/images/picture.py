"""
One picture of the author's: its size, the versions that screens need, and its bytes without what a camera wrote there.

Pages name `/images/photo.jpg`; beside it stand WebP versions for small and dense screens. AVIF would be smaller by a
fifth, but its encoder gives other bytes with another number of threads, and a build must give the same everywhere.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from commentary.errors import CorpusError
from commentary.files import replace_file
from commentary.findings import Finding, found
from commentary.urls import MAX_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

SUFFIXES = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}  # what has versions
COPIED = frozenset({".avif", ".gif"})  # as they are; an SVG can hold scripts, which some hosts would let run
WIDTHS = (600, 1200)  # pixels: a column of text, and the same on a dense screen
HEAVIEST = 300_000  # bytes
ENCODING = f"1:{version('pillow')}"  # raise the number when the same picture gets other bytes

_TOLD = frozenset({"exif", "xmp", "comment", "photoshop"})  # what Pillow reads besides text, and would write again
_ORIENTATION = 0x0112  # the EXIF tag that says which side is up
_XMP = frozenset({"xmp", "XML:com.adobe.xmp"})  # which moving PNGs have as a text
_XMP_OF_GIF = b"XMP DataXMP"  # the name of its block (XMP Specification, part 3, 1.1.2), which Pillow passes over
_ON_ITS_SIDE = (5, 6, 7, 8)  # a damaged tag holds anything, even text
_DAMAGED = (OSError, ValueError, SyntaxError, TypeError, struct.error)  # what Pillow raises then


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture below content/images, as it will be shown."""

    file: str  # on disk
    address: str  # "/images/photo.jpg"
    width: int
    height: int
    digest: str  # of its bytes and of how it is encoded

    @property
    def versions(self) -> tuple[tuple[int, str], ...]:
        """Width and address of each WebP version, narrowest first; none is wider than the picture."""
        stem = self.address.rpartition(".")[0]
        widths = sorted({min(width, self.width) for width in WIDTHS})
        return tuple((width, f"{stem}.{width}.{self.digest[:10]}.webp") for width in widths)


def read_picture(file: Path, *, address: str, path: str) -> Picture | Finding | None:
    """A picture's size, or the finding that it is none, under `path`. None: it moves, and has no other versions."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - a site without pictures need not wait for it

    content = file.read_bytes()
    try:
        with _quietly():
            image = Image.open(io.BytesIO(content), formats=[SUFFIXES[file.suffix.lower()]])
            if getattr(image, "is_animated", False) and image.format != "MPO":  # whose other frames are previews
                return None
            width, height = image.size
            if image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE:
                width, height = height, width
    except (*_DAMAGED, Image.DecompressionBombWarning) as cause:
        reason = "not the picture that its name says" if isinstance(cause, UnidentifiedImageError) else str(cause)
        return found(path, 1, "unreadable", f"{reason}; save it anew, or take it out")
    digest = hashlib.sha256(content + ENCODING.encode()).hexdigest()
    picture = Picture(str(file), address, width, height, digest)
    more = max(len(os.fsencode(name.rpartition("/")[2])) for _, name in picture.versions) - MAX_NAME
    if more > 0:
        return found(
            path, 1, "unreadable", f"the name leaves no room for those of its versions; shorten it by {more} bytes"
        )
    return picture


@contextmanager
def _quietly() -> Iterator[None]:
    """Hide Pillow's warnings, which are of damaged metadata that is not published; that of too large a picture is raised."""
    from PIL import Image  # noqa: PLC0415

    with warnings.catch_warnings(action="ignore"):
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def is_light(path: str, size: int) -> Iterator[Finding]:
    """A finding for a file of more bytes than readers on the road should have to load."""
    if size > HEAVIEST:
        yield found(
            path,
            1,
            "heavy-image",
            f"the file has {size // 1000} kB, more than {HEAVIEST // 1000}; scale it down, 1,600 pixels are wide enough",
        )


def tells_nothing(file: Path, *, path: str) -> Iterator[Finding]:
    """A finding for a picture that would be copied with what a camera wrote into it: that may name a place or a person."""
    from PIL import Image  # noqa: PLC0415

    with (
        suppress(*_DAMAGED, Image.DecompressionBombWarning),
        _quietly(),
        Image.open(file) as image,
    ):  # then nobody can tell
        if image.getexif() or image.info.keys() & _XMP or _XMP_OF_GIF in file.read_bytes():
            way = "save it without that, or as JPEG, PNG or WebP that does not move"
            yield found(path, 1, "camera-data", f"the picture tells what a camera or program wrote into it; {way}")


def encoded(file: str, digest: str, width: int | None, cache: str, *, path: str = "") -> bytes:
    """A picture without its metadata: in its own format, or `width` pixels wide as WebP. Made once, then from the cache.

    CorpusError, with a finding under `path`: what stands behind its head is damaged.
    """
    kept = Path(cache) / "images" / f"{digest}.{width or 'whole'}"
    try:
        checksum, content = kept.read_bytes().split(b"\n", 1)
        if hashlib.sha256(content).hexdigest().encode() == checksum:
            return content
    except (OSError, ValueError):
        pass
    try:
        with _quietly():
            content = _encode(Path(file), width)
    except _DAMAGED as cause:
        reason = getattr(cause, "strerror", None) or cause
        raise CorpusError([found(path, 1, "unreadable", f"{reason}; save it anew, or take it out")]) from cause
    with suppress(OSError):  # it is only not saved
        replace_file(kept, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
    return content


def _encode(file: Path, width: int | None) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415

    content, kind = file.read_bytes(), SUFFIXES[file.suffix.lower()]
    with Image.open(io.BytesIO(content), formats=[kind]) as image:
        image.load()  # what a PNG tells may stand behind its picture
        told = {name for name, value in image.info.items() if name in _TOLD or isinstance(value, str)}
        upright = image.getexif().get(_ORIENTATION, 1) == 1
        if width is None and upright and not told and image.format == kind:
            return content
        options: dict[str, object] = {"exif": b"", "icc_profile": image.info.get("icc_profile")}
        if width is None and upright and image.format == "JPEG":
            return _saved(image, kind, quality="keep", xmp=b"", comment=b"", **options)
        turned = ImageOps.exif_transpose(image)
        for name in told:
            turned.info.pop(name, None)
        if width is None:
            return _saved(turned, kind, **({"quality": 90} if kind != "PNG" else {}), **options)
        mode = "RGBA" if turned.has_transparency_data else "RGB"
        scaled = turned.convert(mode).resize((width, max(1, round(turned.height * width / turned.width))))
        return _saved(scaled, "WEBP", quality=80, method=4, **options)


def _saved(image: Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
