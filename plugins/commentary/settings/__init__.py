"""Settings: what `pelicanconf.py` and `publishconf.py` say of a site and of its program."""

from commentary.settings.folders import keep_apart
from commentary.settings.model import OUTPUTS, Output, Settings, Site
from commentary.settings.read import DEFAULT_SETTINGS, load_settings, read_settings, run_settings

__all__ = [
    "DEFAULT_SETTINGS",
    "OUTPUTS",
    "Output",
    "Settings",
    "Site",
    "keep_apart",
    "load_settings",
    "read_settings",
    "run_settings",
]
