"""The author's pictures, below content/images: what readers get of them, and how pages show them."""

from commentary.images.dressing import IMG, SRC, dressed
from commentary.images.picture import COPIED, SUFFIXES, Picture, encoded, is_light, read_picture, tells_nothing

__all__ = [
    "COPIED",
    "IMG",
    "SRC",
    "SUFFIXES",
    "Picture",
    "dressed",
    "encoded",
    "is_light",
    "read_picture",
    "tells_nothing",
]
