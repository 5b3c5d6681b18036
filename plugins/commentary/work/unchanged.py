"""Whether a build has nothing to do: all that the last one was made from, and all that it made, is as it was then."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from commentary.caching import Mark, keep, mark, read_kept
from commentary.findings import Finding, Severity
from commentary.published import MANIFEST
from commentary.publishing.last import LastBuild, Written, file_of
from commentary.publishing.manifest import content_hash
from commentary.settings import read_settings, run_settings
from commentary.work.build import Build
from commentary.work.clock import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from commentary.settings import Settings
    from commentary.work.prepare import Prepared

_FOREVER = float("inf")
_Known = Mark | str  # a file's mark; or the hash of its content, if it is too young to be known by that


# Settings beside those of `Settings` that change the site, and whose `repr` says all that is in them.
_DECISIVE = ("JINJA_ENVIRONMENT", "COMMENTARY_DRAFTS", "COMMENTARY_STRICT")
_US = __name__.partition(".")[0]  # as PLUGINS names us
_FUNCTIONS = ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS", "THEME_TEMPLATES_OVERRIDES")


def decisive_settings(
    raw: Mapping[str, Any], *, defaults: Mapping[str, Any] = MappingProxyType({})
) -> tuple[object, ...] | None:
    """What decides, beside `Settings`, what a build makes; it has the same `repr` in every process.

    `raw`: Pelican's settings; `defaults`: its values for those that nobody set. None: that cannot be said, because
    another plugin or functions in the settings decide, too.
    """
    names = [getattr(plugin, "__name__", plugin) for plugin in raw.get("PLUGINS") or ()]
    jinja = raw.get("JINJA_ENVIRONMENT") or {}
    if names != [_US] or any(raw.get(name) for name in _FUNCTIONS) or not _is_jinjas(jinja):
        return None
    values = ((raw.get(name), defaults.get(name)) for name in _DECISIVE)
    return tuple(None if value == default else value or None for value, default in values)


def _is_jinjas(jinja: Any) -> bool:
    """Whether JINJA_ENVIRONMENT names no program but Jinja's own."""
    if not isinstance(jinja, Mapping):
        return False
    named = jinja.get("extensions") or ()
    programs = [*(named if isinstance(named, list | tuple) else [named]), *filter(callable, jinja.values())]
    return all(str(getattr(each, "__module__", each)).startswith("jinja2.") for each in programs)


def last_site(file: Path, overrides: Mapping[str, Any]) -> LastSite | None:
    """The last site of a settings file, before Pelican is so much as loaded; None: it is not to be known so.

    SettingsError: the settings cannot be right.
    """
    raw = {**run_settings(file), **overrides}
    how = decisive_settings(raw)
    if raw.get("COMMENTARY_NO_CACHE") or not how:
        return None
    settings = read_settings(raw, root=file.resolve().parent)
    return LastSite(settings, how, now=moment(raw.get("COMMENTARY_NOW"), settings.site.zone))


class LastSite:
    """The site that stands in the output folder, beside what it would be made from now.

    `how`: see `decisive_settings`. To be made before a build reads anything, so that a file which changes meanwhile is one that
    changed.
    """

    def __init__(self, settings: Settings, how: object, *, now: datetime) -> None:
        self._settings = settings
        self._now = now.timestamp()
        self._asked = hashlib.sha256(f"{settings!r} {how!r}".encode(errors="backslashreplace")).hexdigest()
        self._inputs = _inputs(settings)
        file = file_of(settings.cache, settings.output)
        self._file = file.with_name(f"{file.name}.whole")

    @property
    def seen(self) -> Mapping[str, _Known]:
        """What was seen of the files that the site is made from, by their absolute paths."""
        return self._inputs or {}

    def recall(self) -> Build | None:
        """The site, if a build would change nothing. None: it has to be looked at."""
        kept = read_kept(self._file).value
        if not kept or not self._inputs:
            return None
        asked, begins, ends, inputs, manifest, posts, told = kept
        if asked != self._asked or not begins <= self._now < ends or not _are_same(inputs, self._inputs):
            return None
        files = LastBuild(file_of(self._settings.cache, self._settings.output)).standing(self._settings.output)
        if not files or manifest != self._manifest():
            return None
        if inputs != self._inputs:  # those that were young then are known by their marks from now on
            keep(self._file, (asked, begins, ends, self._inputs, manifest, posts, told))
        findings = tuple(Finding(path, line, rule, words, Severity(level)) for path, line, rule, words, level in told)
        return Build(self._settings.output, posts, findings, written=Written((), files, ()))

    def remember(self, prepared: Prepared) -> None:
        """Let the next build know that it stands."""
        if self._inputs:
            ends = min((post.due for post in prepared.corpus.held), default=_FOREVER)
            told = tuple((*astuple(finding)[:4], finding.severity.value) for finding in prepared.findings)
            posts = len(prepared.corpus.posts)
            keep(self._file, (self._asked, self._now, ends, self._inputs, self._manifest(), posts, told))

    def _manifest(self) -> str | None:
        try:
            return content_hash((self._settings.output / MANIFEST).read_bytes())
        except OSError:
            return None


def _inputs(settings: Settings) -> dict[str, _Known] | None:
    """Every file that a site is made from; None: one of them is no file, or cannot be read."""
    now = time.time_ns()
    files: dict[str, _Known] = {}
    try:
        for path, status in _statuses((settings.content, settings.theme)):
            known = mark(status, now)
            if not stat.S_ISREG(status.st_mode):
                return None
            files[path] = known if known[1] else content_hash(Path(path).read_bytes())
    except OSError:  # whoever reads them will say so
        return None
    return files


def _are_same(then: Mapping[str, _Known], now: Mapping[str, _Known]) -> bool:
    """Whether files are what they were. Those that were young then are compared by what they hold."""
    if then == now:
        return True
    if then.keys() != now.keys():
        return False
    try:
        return all(
            known == before or (isinstance(before, str) and content_hash(Path(path).read_bytes()) == before)
            for path, before, known in ((path, then[path], now[path]) for path in then)
        )
    except OSError:
        return False


def _statuses(folders: Iterable[Path]) -> Iterator[tuple[str, os.stat_result]]:
    """Everything below the folders but folders; links are what they are, not what they lead to."""
    todo = [os.fspath(folder) for folder in folders]
    while todo:
        with os.scandir(todo.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    todo.append(entry.path)
                else:
                    yield entry.path, entry.stat(follow_symlinks=False)
