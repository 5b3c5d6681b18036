"""The settings and templates that Pelican would build a site with, for pages that are rendered when asked for."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from commentary.pelican_plugin.engine import CommentaryPelican, own_settings, pelican_settings
from commentary.reading.caches import Caches
from commentary.work.shown import Workshop


def open_workshop(file: Path, **overrides: Any) -> Workshop:
    """What a settings file gives; nothing of ours is written. `overrides`: settings, where they are not None.

    CommentaryError if a build could not even begin.
    """
    _forget_modules(file.resolve().parent)
    raw = pelican_settings(file, **overrides)
    settings = own_settings(raw)
    return Workshop(
        settings,
        CommentaryPelican(raw).environment(),
        Caches.of(settings.cache),
        now=raw.get("COMMENTARY_NOW"),
        drafts=bool(raw.get("COMMENTARY_DRAFTS")),
        strict=bool(raw.get("COMMENTARY_STRICT")),
    )


def _forget_modules(folder: Path) -> None:
    """Let settings files that import one another be read anew."""
    for name, module in [*sys.modules.items()]:
        with suppress(TypeError):
            if Path(getattr(module, "__file__", None)).parent == folder:  # type: ignore[arg-type]  # then it is no file
                del sys.modules[name]
