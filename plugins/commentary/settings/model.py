"""What the settings say, typed: the site that pages know of, and what the program goes by."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from commentary.findings import RULES, Severity, nearest
from commentary.forks import cores
from commentary.settings.faults import check_email, check_host, unknown_zone
from commentary.urls import check_url
from commentary.values import Frozen, Language, Text, Url

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

    @property
    def processes(self) -> int:
        """How many processes a build may use."""
        return self.jobs or cores()

    def severity(self, rule: str) -> Severity:
        """The severity of a rule on this site."""
        return self.severities.get(rule, RULES[rule].severity)
