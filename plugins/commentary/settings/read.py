"""
`pelicanconf.py`, read once into types.

Pelican's own settings that we share (SITENAME, SITEURL, TIMEZONE, PATH …) keep Pelican's names;
ours begin with `COMMENTARY_`, and one that we do not know is an error.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from commentary.errors import SettingsError
from commentary.findings import RULES, Severity, nearest
from commentary.settings.faults import faults, misspelt
from commentary.settings.folders import check_folders
from commentary.settings.model import Settings, Site

DEFAULT_SETTINGS = "pelicanconf.py"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # what no page, feed or name of a file can hold
_NO_TEXT = re.compile(rf"{_CONTROL.pattern}|[\ud800-\udfff\ufffe\uffff]")  # names of folders may, from bytes

# Our setting -> where it goes. Those of the site itself first, then the program's.
_SITE = {
    "COMMENTARY_TAGLINE": "tagline",
    "COMMENTARY_DESCRIPTION": "description",
    "COMMENTARY_FEED_HOST": "host",
    "COMMENTARY_EMAIL": "email",
    "COMMENTARY_LICENCE": "licence",
    "COMMENTARY_LICENCE_URL": "licence_url",
    "COMMENTARY_MENU": "menu",
    "COMMENTARY_STARTED": "started",
    "COMMENTARY_SECURITY": "security",
    "COMMENTARY_OUTPUTS": "outputs",
}
_PROGRAM = {
    "COMMENTARY_STREAM_SIZE": "stream_size",
    "COMMENTARY_INDEX_SIZE": "index_size",
    "COMMENTARY_FEED_SIZE": "feed_size",
    "COMMENTARY_CACHE": "cache",
    "COMMENTARY_SNAPSHOTS": "snapshots",
    "COMMENTARY_WAYBACK": "wayback",
    "COMMENTARY_ARCHIVE": "archive",
    "COMMENTARY_ALLOW_LOOPBACK": "allow_loopback",
    "COMMENTARY_MAX_SHARE": "max_share",
    "COMMENTARY_JOBS": "jobs",
    "COMMENTARY_SEVERITIES": "severities",
}
_SHARED = {"SITENAME": "name", "SITEURL": "url", "TIMEZONE": "timezone", "AUTHOR": "author", "DEFAULT_LANG": "lang"}
KNOWN = frozenset(
    {*_SITE, *_PROGRAM, "COMMENTARY_NOW", "COMMENTARY_DRAFTS", "COMMENTARY_STRICT", "COMMENTARY_NO_CACHE"}
)


def run_settings(path: Path) -> dict[str, Any]:
    """What `pelicanconf.py` says; it imports no pelican. SettingsError: one line, why it says nothing."""
    if not path.is_file():
        raise SettingsError(
            f"there is no {path.name} in {path.parent}; run this in the project's folder, or name it with --settings"
        )
    try:
        return runpy.run_path(str(path))
    except Exception as cause:  # settings are somebody's program, and may raise anything
        raise SettingsError(f"{path} cannot be run: {type(cause).__name__}: {cause}") from cause


def load_settings(path: Path, **overrides: Any) -> Settings:
    """Run `pelicanconf.py` and read it. SettingsError: one line, why not."""
    settings = read_settings(run_settings(path) | overrides, root=path.resolve().parent)
    if not settings.theme.is_dir():
        raise SettingsError(f"THEME is {settings.theme}, and there is no such folder; mend THEME in {path.name}")
    return settings


def read_settings(raw: Mapping[str, Any], *, root: Path) -> Settings:
    """Settings from Pelican's dictionary, or from a settings file's globals.

    SettingsError names every setting that cannot be right, in one line.
    """
    _check_names(raw)
    _check_values(raw)
    url = raw.get("SITEURL") or "http://localhost:8000"
    site = {
        "name": raw.get("SITENAME"),
        "url": url,
        "host": url.partition("://")[2].partition("/")[0].partition(":")[0],
        "lang": raw.get("DEFAULT_LANG", "en"),
        "timezone": raw.get("TIMEZONE", "UTC"),
        "author": raw.get("AUTHOR"),
        **_given(raw, _SITE),
    }
    program = _given(raw, _PROGRAM)
    program["severities"] = _severities(program.get("severities", {}))
    folders = {
        "root": root,
        "content": root / raw.get("PATH", "content"),
        "theme": root / raw.get("THEME", "theme"),
        "output": root / raw.get("OUTPUT_PATH", "output"),
        "cache": root / program.get("cache", ".cache"),
        "snapshots": root / program.get("snapshots", ".snapshots"),
    }
    check_folders(**folders)
    try:
        return Settings(site=Site(**site), **(program | folders))
    except ValidationError as cause:
        names = {field: name for name, field in {**_SITE, **_PROGRAM, **_SHARED}.items()}
        raise SettingsError(f"the settings cannot be right: {faults(cause, site | program, names)}") from cause


def _check_names(raw: Mapping[str, Any]) -> None:
    """SettingsError: a setting that nobody reads, or must not be set."""
    unknown = sorted(k for k in raw if k.startswith("COMMENTARY_") and k not in KNOWN)
    if unknown:
        hint = nearest(unknown[0], KNOWN)
        raise SettingsError(f"the settings hold {', '.join(unknown)}, which commentary does not know{hint}")
    if near := misspelt(raw):
        raise SettingsError(near)
    if raw.get("DELETE_OUTPUT_DIRECTORY"):
        raise SettingsError(
            "DELETE_OUTPUT_DIRECTORY would delete files that are not ours; take it out, stale files go by the manifest"
        )


def _check_values(raw: Mapping[str, Any]) -> None:
    """SettingsError: a value of another kind, or a text with what no text has."""
    for name in ("SITEURL", "PATH", "OUTPUT_PATH", "THEME", "COMMENTARY_CACHE", "COMMENTARY_SNAPSHOTS"):
        if not isinstance(raw.get(name) or "", str | Path):
            raise SettingsError(f"{name} is {raw[name]!r}; write a text in quotes")
    for name in ("JINJA_ENVIRONMENT", "COMMENTARY_SEVERITIES"):
        if not isinstance(raw.get(name) or {}, Mapping):
            raise SettingsError(f"{name} is {raw[name]!r}; write a dictionary")
    for name in ("PATH", "OUTPUT_PATH", "THEME", *_PROGRAM, "SITENAME", "AUTHOR", *_SITE):
        text = "".join(_texts(raw.get(name)))
        if bad := (_NO_TEXT if name in ("SITENAME", "AUTHOR", *_SITE) else _CONTROL).search(text):
            raise SettingsError(f"{name} holds U+{ord(bad[0]):04X}, which no text has; take it out")


def _given(raw: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Our fields with the settings that are given; `names`: setting -> field."""
    return {field: raw[name] for name, field in names.items() if raw.get(name) is not None}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str | Path):
        yield str(value)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _severities(written: Mapping[str, str]) -> dict[str, Severity]:
    severities = {}
    for rule, word in written.items():
        if rule not in RULES:
            raise SettingsError(f"COMMENTARY_SEVERITIES names {rule!r}, which is no rule{nearest(str(rule), RULES)}")
        if str(word).upper() not in Severity.__members__:
            raise SettingsError(f"COMMENTARY_SEVERITIES[{rule!r}] is {word!r}; write note, warning or error")
        severities[rule] = Severity[str(word).upper()]
        if severities[rule] < RULES[rule].severity and not RULES[rule].editorial:
            raise SettingsError(f"COMMENTARY_SEVERITIES[{rule!r}] is {word!r}; what cannot be built stays an error")
    return severities
