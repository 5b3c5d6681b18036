"""The border with Pelican: the only code of ours that imports it."""

from commentary.pelican_plugin.engine import CommentaryPelican
from commentary.pelican_plugin.generator import register, unregister

__all__ = ["CommentaryPelican", "register", "unregister"]
