"""The web app manifest: what a phone calls the site on its home screen, and with which picture."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commentary.settings import Site

PAPER = "#fcfaf6"  # the page's colour in the light scheme, as in base.html


def web_manifest(site: Site, *, icon: str, large_icon: str) -> str:
    """The manifest (W3C, Web Application Manifest); `icon`: of any size, `large_icon`: 512×512, both as links."""
    manifest = {
        "name": site.name,
        "description": site.description or site.tagline or site.name,
        "lang": site.lang,
        "start_url": f"{site.root}/",
        "scope": f"{site.root}/",
        "display": "browser",  # readers need the address and the way back
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": icon, "type": "image/svg+xml", "sizes": "any"},
            {"src": large_icon, "type": "image/png", "sizes": "512x512", "purpose": "any maskable"},
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
