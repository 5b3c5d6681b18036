"""The settings that the site is published with: those of `pelicanconf.py`, and the address that readers use."""

import os
import sys
from pathlib import Path

# The `pelican` command does not look for modules beside the settings it is given.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *

# Feeds, canonical links and the sitemap spell this address out, so there is no default that could be right.
SITEURL = os.environ.get("SITEURL", "").strip()
if not SITEURL:
    sys.stderr.write(
        "error: publishconf.py: SITEURL is not set; set it to the site's address, such as SITEURL=https://remarks.example\n"
    )
    sys.exit(2)
