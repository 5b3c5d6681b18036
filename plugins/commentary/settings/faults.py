"""What is wrong with settings, in words of those who write them: a line, with the way out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from commentary.findings import nearest
from commentary.urls import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import ValidationError

# Pelican's settings that decide what a site is; whoever misspells one would get Pelican's default in silence.
SHARED = ("SITENAME", "SITEURL", "AUTHOR", "TIMEZONE", "DEFAULT_LANG", "PATH", "OUTPUT_PATH", "THEME")

_TEXT = "write a text in quotes"
_NUMBER = "write a whole number, at least 1"
_WANTED = {
    "started": "write a year, such as 2025",
    "menu": 'write a list such as [("About", "/about/")]',
    "security": "write an address and a day, such as ('mailto:editor@your.example', '2027-06-30')",
    "max_share": "write a share of the whole, such as 0.15",
    **dict.fromkeys(("stream_size", "index_size", "feed_size", "jobs"), _NUMBER),
    **dict.fromkeys(("archive", "allow_loopback"), "write True or False"),
}


def faults(cause: ValidationError, given: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """All errors of a validation. `given`: what was validated; `names`: our field -> the setting."""
    return "; ".join(dict.fromkeys(_faults(cause, given, names)))


def _faults(cause: ValidationError, given: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    fields = {error["loc"][0] for error in cause.errors()}
    for error in cause.errors():
        field = str(error["loc"][0])
        if field == "host" and "url" in fields:  # which it is taken from by default
            continue
        name, value = names.get(field, field), given.get(field)
        if error["type"] == "value_error":
            message = str(error["ctx"]["error"])
            yield f"{name}{'' if message.startswith('is ') else ':'} {message}"
        elif value is None:
            yield f"{name} is missing; {_WANTED.get(field, _TEXT)}"
        else:
            yield f"{name} is {shorten(repr(value))}; {_WANTED.get(field, _TEXT)}"


def misspelt(names: Iterable[str]) -> str | None:
    """What is said of a setting that is nearly one of those we share with Pelican; None: there is none."""
    for name in names:
        near = [shared for shared in SHARED if abs(len(shared) - len(name)) <= 1]
        if near and name not in near and name.isupper() and (hint := nearest(name, near, cutoff=0.8)):
            return f"the settings hold {name}, which nobody reads{hint}"
    return None


def check_host(text: str) -> str:
    """A host alone, as feed ids hold it for ever."""
    if not re.fullmatch(r"[^\s/?#@,]+", text):
        bare = re.split(r"[/?#]", text.partition("://")[2] or text)[0].rpartition("@")[2]
        way = bare if re.fullmatch(r"[^\s,]+", bare) else "remarks.example"
        raise ValueError(f"{text!r} is no host; write {way!r}")
    return text


def check_email(text: str) -> str:
    """An address that `mailto:` may stand before."""
    if not re.fullmatch(r"[^\s@<>]+@[^\s@<>]+", text):
        raise ValueError(f"{text!r} is no address to write to; write one such as 'editor@your.example'")
    return text


def unknown_zone(name: str) -> str:
    """What is said of a time zone that does not exist."""
    return f"{name!r} is not a time zone{nearest(name, available_timezones()) or '; write Asia/Seoul or UTC'}"
