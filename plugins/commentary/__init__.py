"""
Commentary: a curated news-commentary blog whose quotations can be trusted.

The package is a Pelican plugin and a command of its own. Nothing here imports Pelican until
Pelican itself asks: `register` and `CommentaryPelican` are resolved lazily (PEP 562), because
Pelican's `PELICAN_CLASS` lookup knows no submodules and `import pelican` costs 0.3 s.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
__all__ = ["CommentaryPelican", "register"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from commentary import pelican_plugin  # noqa: PLC0415 - see above

        return getattr(pelican_plugin, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
