"""
Commentary: a curated news-commentary blog whose quotations can be trusted.

The package is a Pelican plugin and a command of its own. Nothing here imports Pelican until
Pelican itself asks: `register` and `CommentaryPelican` are resolved lazily (PEP 562), because
Pelican's `PELICAN_CLASS` lookup knows no submodules and `import pelican` costs 0.3 s.
"""

from __future__ import annotations

from typing import Any

from commentary.version import __version__

__all__ = ["CommentaryPelican", "__version__", "register"]


def __getattr__(name: str) -> Any:
    if name in ("CommentaryPelican", "register"):
        from commentary import pelican_plugin  # noqa: PLC0415 - see above

        return getattr(pelican_plugin, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
