"""
`pelicanconf.py`, read once into types.

Pelican's own settings that we share (SITENAME, SITEURL, TIMEZONE, PATH …) keep Pelican's names;
ours begin with `COMMENTARY_`, and one that we do not know is an error.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, field_validator

from commentary.errors import SettingsError
from commentary.findings import RULES, Severity, nearest
from commentary.misset import check_email, check_host, faults, misspelt, unknown_zone
from commentary.urls import check_url
from commentary.values import Frozen, Language, Text, Url

DEFAULT_SETTINGS = "pelicanconf.py"

# What a site may go without. Posts, the stream, topics and the Atom feeds of what there is are always made.
Output = Literal[
    "publications", "stories", "archive", "corrections", "search",  # pages
    "rss", "json", "source-first", "feed-archives",  # of the site's feed
    "receipts", "open-data", "json-ld",  # for programs
]  # fmt: skip
OUTPUTS: tuple[Output, ...] = get_args(Output)


def _pairs(value: Any) -> Any:
    return tuple(tuple(pair) for pair in value) if isinstance(value, list | tuple) else value


def _outputs(names: Any) -> tuple[Output, ...]:
    """The outputs in our order, whatever theirs: it is part of every page's key."""
    if isinstance(names, str) or not isinstance(names, Collection):
        raise ValueError(f"{names!r} is no set of names; write {{'search', 'rss'}} or the like")
    for name in names:
        if name not in OUTPUTS:
            raise ValueError(f"{name!r} is no output{nearest(str(name), OUTPUTS)}")
    return tuple(name for name in OUTPUTS if name in names)


def _base(url: str) -> str:
    return check_url(url).rstrip("/")


def _menu(links: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    for _, address in links:
        if not address.startswith("/"):
            check_url(address)
    return links


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # what no page, feed or name of a file can hold
_NO_TEXT = re.compile(rf"{_CONTROL.pattern}|[\ud800-\udfff\ufffe\uffff]")  # names of folders may, from bytes


class Site(Frozen):
    """What every page of the site may know: hashed whole into the keys of the pages."""

    name: Text
    tagline: str = ""
    description: str = ""
    url: str  # no slash at its end: "https://example.org" or "https://example.org/blog"
    host: Annotated[str, AfterValidator(check_host)]  # of feed ids: fixed for ever, apart from `url`
    lang: Language = "en"
    timezone: str
    author: Text
    email: Annotated[str, AfterValidator(check_email)] | None = None  # of the editor; None: pages offer no way to write
    licence: str | None = None  # of remarks and metadata, never of excerpts
    licence_url: Url | None = None
    # (label, path) of further links
    menu: Annotated[tuple[tuple[str, str], ...], BeforeValidator(_pairs), AfterValidator(_menu)] = ()
    started: Annotated[int, Field(ge=1, le=9999)] | None = None  # the year of the first post, for the footer
    outputs: Annotated[tuple[Output, ...], BeforeValidator(_outputs)] = OUTPUTS
    security: tuple[str, date] | None = None  # where to report holes, and until when that holds: security.txt

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone posts are dated in."""
        return ZoneInfo(self.timezone)

    @property
    def root(self) -> str:
        """The path of the site on its host, before every address: `""` or `/blog`."""
        return "/" + rest if (rest := self.url.partition("://")[2].partition("/")[2]) else ""

    @field_validator("url")
    @classmethod
    def _http(cls, value: str) -> str:
        return _base(value)

    @field_validator("security", mode="before")
    @classmethod
    def _contact(cls, value: tuple[str, str | date]) -> tuple[str, date]:
        contact, until = value if isinstance(value, tuple | list) and len(value) == 2 else ("", "")  # noqa: PLR2004 - a pair
        if not re.match(r"(?:mailto:|https://)\S+\Z", contact):
            raise ValueError(f"{contact!r} is no address to write to; begin it with mailto: or https://")
        try:
            return contact, until if isinstance(until, date) else date.fromisoformat(until)
        except ValueError:
            raise ValueError(f"{until!r} is no day; write one such as '2027-06-30'") from None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # which folders of zones are
            raise ValueError(unknown_zone(value)) from None
        return value


Size = Annotated[int, Field(ge=1, le=10**9)]


class Settings(Frozen):
    """Where things are, how strict to be, and the site itself."""

    root: Path  # the project's folder
    content: Path
    output: Path
    theme: Path
    cache: Path
    site: Site
    stream_size: Size = 20  # posts on a page of the stream; the newest page holds up to twice as many less one
    index_size: Size = 50  # posts on a page of a topic or publication
    feed_size: Size = 30
    snapshots: Path  # copies of sources, never published
    wayback: Annotated[str, AfterValidator(_base)] = "https://web.archive.org"
    archive: bool = True  # whether `new` asks the web archive for a copy
    allow_loopback: bool = False  # whether pages of this machine may be fetched: for tests and intranets
    max_share: Annotated[float, Field(gt=0, le=1)] = 0.15  # of a source's words that a post may quote
    jobs: Annotated[int, Field(ge=1)] | None = None  # processes of a build; None: one for each core
    severities: Mapping[str, Severity] = {}  # what COMMENTARY_SEVERITIES changes

    def severity(self, rule: str) -> Severity:
        """The severity of a rule on this site."""
        return self.severities.get(rule, RULES[rule].severity)


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
    url = raw.get("SITEURL") or "http://localhost:8000"
    site = {
        "name": raw.get("SITENAME"),
        "url": url,
        "host": url.partition("://")[2].partition("/")[0].partition(":")[0],
        "lang": raw.get("DEFAULT_LANG", "en"),
        "timezone": raw.get("TIMEZONE", "UTC"),
        "author": raw.get("AUTHOR"),
        **{field: raw[name] for name, field in _SITE.items() if raw.get(name) is not None},
    }
    program = {field: raw[name] for name, field in _PROGRAM.items() if raw.get(name) is not None}
    program["severities"] = _severities(program.get("severities", {}))
    program["cache"] = root / program.get("cache", ".cache")
    program["snapshots"] = root / program.get("snapshots", ".snapshots")
    content, theme = root / raw.get("PATH", "content"), root / raw.get("THEME", "theme")
    output = root / raw.get("OUTPUT_PATH", "output")
    keep_apart(output, root=root, content=content, theme=theme)
    _keep_private(program["snapshots"], output, content)
    _keep_cache_apart(program["cache"].resolve(), output.resolve(), content.resolve(), theme.resolve())
    if not content.is_relative_to(root):
        raise SettingsError(f"PATH is {content}, outside the project's folder {root}; move the content into it")
    try:
        return Settings(
            root=root,
            content=content,
            output=output,
            theme=theme,
            site=Site(**site),
            **program,
        )
    except ValidationError as cause:
        names = {field: name for name, field in {**_SITE, **_PROGRAM, **_SHARED}.items()}
        raise SettingsError(f"the settings cannot be right: {faults(cause, site | program, names)}") from cause


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str | Path):
        yield str(value)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def keep_apart(output: Path, *, root: Path, content: Path, theme: Path) -> None:
    """A site is written beside what it is made from, never over it. SettingsError: one line, why not."""
    written = output.resolve()
    if any("\ud800" <= char <= "\udfff" for char in str(written)):
        raise SettingsError(f"the output's name {str(written)!r} holds bytes that are no text; name another folder")
    made_from = [content.resolve(), theme.resolve()]
    for folder in (*made_from, root.resolve() / ".git", Path(__file__).resolve().parent):
        if written.is_relative_to(folder):
            raise SettingsError(f"the site would be written into {folder}, which it is made from; name another folder")
    if any(folder.is_relative_to(written) for folder in (root.resolve(), *made_from)):
        raise SettingsError(f"the site would be written over {written}, which holds the project; name another folder")


def _keep_private(snapshots: Path, *published: Path) -> None:
    if any(snapshots.resolve().is_relative_to(folder.resolve()) for folder in published):
        raise SettingsError(
            f"COMMENTARY_SNAPSHOTS is {snapshots}, which is published; keep copies of sources elsewhere"
        )


def _keep_cache_apart(cache: Path, output: Path, content: Path, theme: Path) -> None:
    """What is kept is removed by folder names that authors use, too, and in the output it would be published."""
    within = any(cache.is_relative_to(folder) for folder in (output, content, theme))
    if within or content.is_relative_to(cache) or theme.is_relative_to(cache):
        raise SettingsError(f"COMMENTARY_CACHE is {cache}, where other files are; name a folder for it alone")


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
