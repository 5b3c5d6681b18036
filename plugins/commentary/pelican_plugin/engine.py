"""
Pelican with a verdict: everything is read, checked and planned before each run.

Pelican's own generators drop a post that does not parse and the run exits 0, and an exception from a
signal handler is printed as a traceback or retried for ever (`pelican.main`, `pelican.autoreload`);
hence a class of our own, which `PELICAN_CLASS` names.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pelican
from pelican.log import console
from pelican.log import init as init_logging
from pelican.plugins._utils import get_plugin_name, load_plugins
from pelican.settings import DEFAULT_CONFIG
from pelican.settings import read_settings as read_pelican_settings

import commentary
from commentary.caching import forget
from commentary.errors import CommentaryError, CorpusError, PluginError
from commentary.findings import as_text, wants_colour
from commentary.publishing.last import LastBuild, file_of
from commentary.settings import Settings, load_settings, read_settings
from commentary.templating.environment import check_environment
from commentary.work.build import Build, tell
from commentary.work.clock import moment
from commentary.work.progress import on_terminal
from commentary.work.unchanged import LastSite, decisive_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment


STATE = "_COMMENTARY_BUILD"  # the one key of the settings under which a build keeps its state


class CommentaryPelican(pelican.Pelican):  # type: ignore[misc]  # pelican ships no types
    """Builds the site of these settings, or says in one list why it cannot."""

    # Pelican makes a new instance when its settings file changes under --autoreload; the process,
    # not the instance, knows whether somebody is watching a site that was built before.
    built_once: ClassVar[bool] = False

    def __init__(self, settings: dict[str, Any]) -> None:
        self.fault: PluginError | None = None
        console.status = _no_status  # its thread would keep the build from forking
        try:
            super().__init__(settings)
        except PluginError as fault:
            self.fault = fault
        except Exception as cause:  # noqa: BLE001 - plugins are somebody's programs, and may raise anything
            self.fault = PluginError(f"a plugin fails when Pelican starts: {type(cause).__name__}: {cause}")

    def init_plugins(self) -> None:
        """Load and register every plugin of the settings; Pelican's own method logs those that fail and goes on."""
        wanted = list(self.settings["PLUGINS"] or ())
        self.plugins = load_plugins(self.settings)
        if len(self.plugins) < len(wanted):
            have = {get_plugin_name(plugin) for plugin in self.plugins}
            missing = [name for name in wanted if isinstance(name, str) and name not in have]
            raise PluginError(
                f"PLUGINS names {', '.join(missing)}, which cannot be imported; install it or take it out"
            )
        for plugin in self.plugins:
            try:
                plugin.register()
            except Exception as cause:
                name = get_plugin_name(plugin)
                raise PluginError(f"the plugin {name} cannot be registered: {type(cause).__name__}: {cause}") from cause
        self.settings["PLUGINS"] = [get_plugin_name(plugin) for plugin in self.plugins]
        if commentary.__name__ not in self.settings["PLUGINS"]:
            raise PluginError("PLUGINS does not hold commentary, so no page would be written; add the module to it")

    def run(self) -> None:
        """Build; if that fails, say why on stderr, and exit unless a site was built before."""
        try:
            with _few_collections():
                done = self.build(quick=True)
        except CommentaryError as error:
            report_error(error)
            if not CommentaryPelican.built_once:
                sys.exit(error.exit_status)
        else:
            CommentaryPelican.built_once = True
            if logging.getLogger().level < logging.CRITICAL:  # what Pelican's -q sets
                tell(done)
                console.print(done.summary, markup=False, highlight=False, soft_wrap=True)

    def build(self, last: LastSite | None = None, *, quick: bool = False) -> Build:
        """Build, and give what was prepared and written; `quick`: nothing, if the site stands as it was built.

        `last`: the last site, if somebody has looked at it already. CommentaryError if it cannot be done.
        """
        if self.fault:
            raise self.fault
        settings = own_settings(self.settings)
        if self.settings.get("COMMENTARY_NO_CACHE"):
            forget(settings.cache)
        now = moment(self.settings.get("COMMENTARY_NOW"), settings.site.zone)
        how = decisive_settings(self.settings, defaults=DEFAULT_CONFIG)
        last = last or (LastSite(settings, how, now=now) if how else None)
        if quick and last and (done := last.recall()):
            return done
        before = LastBuild(file_of(settings.cache, settings.output))
        if settings.processes > 1:
            before.look(settings.output)
        from commentary.work.prepare import prepare  # noqa: PLC0415 - a site that stands need not wait for it

        prepared = prepare(
            settings,
            now=now,
            drafts=bool(self.settings.get("COMMENTARY_DRAFTS")),
            strict=bool(self.settings.get("COMMENTARY_STRICT")),
            progress=on_terminal("Reading"),
            seen=last.seen if last else None,
        )
        notes = [*prepared.notes, *([before.note] if before.note else [])]
        state = Build(
            settings.output, len(prepared.corpus.posts), prepared.findings, prepared, last=before, notes=notes
        )
        self.settings[STATE] = state
        self._generate()
        if last:
            last.remember(prepared)
        return state

    def _generate(self) -> None:
        check_environment(self.settings)
        with _quiet():  # Pelican would count the articles that it has not
            super().run()

    def environment(self) -> Environment:
        """The environment that a build would render templates in; nothing is written. PluginError: there is none."""
        if self.fault:
            raise self.fault
        state = self.settings[STATE] = Build(Path(self.output_path), 0, ())
        self._generate()
        assert state.env is not None  # our generator is among Pelican's
        return state.env


def build(file: Path, last: LastSite | None = None, **overrides: Any) -> Build:
    """Build the site of a settings file in this process, as the `pelican` command would, and print its findings.

    `last`: see `CommentaryPelican.build`. `overrides`: settings of Pelican's or ours, where they are not None.
    CommentaryError if it cannot be done.
    """
    raw = pelican_settings(file, **overrides)
    with _few_collections():
        done = CommentaryPelican(raw).build(last)
    tell(done)
    return done


def pelican_settings(file: Path, **overrides: Any) -> dict[str, Any]:
    """Pelican's settings, with those overrides that are not None.

    CommentaryError says in one line what Pelican would say in a traceback.
    """
    from commentary.reading.load import content_is_there  # noqa: PLC0415 - a site that stands need not wait for it

    overrides = {name: value for name, value in overrides.items() if value is not None}
    if missing := content_is_there(load_settings(file, **overrides)):
        raise CorpusError(missing)
    init_logging(name="pelican")
    raw: dict[str, Any] = read_pelican_settings(str(file), override=overrides)
    return raw


def own_settings(raw: Mapping[str, Any]) -> Settings:
    """Our settings from Pelican's, whose paths are absolute by now."""
    return read_settings(raw, root=Path(raw["PATH"]).parent)


def report_error(error: CommentaryError) -> None:
    """Every finding of a failure, or its one line, on stderr."""
    if isinstance(error, CorpusError):
        sys.stderr.write(as_text(error.findings, colour=wants_colour(sys.stderr)))
    else:
        sys.stderr.write(f"error: {error}\n")


def _no_status(*_: object, **__: object) -> contextlib.AbstractContextManager[None]:
    return contextlib.nullcontext()


@contextlib.contextmanager
def _few_collections() -> Iterator[None]:
    """A build makes millions of objects that stay: to look through them all again and again takes a third of its time.

    Even the young ones, looked through at every 100,000, take 4 % of publishing one post.
    """
    before = gc.get_threshold()
    if gc.get_freeze_count():  # a build went before
        gc.unfreeze()
        gc.collect()
    gc.freeze()  # what is imported stays: to look through it but once takes 40 ms
    gc.set_threshold(1_000_000, 20, 20)
    try:
        yield
    finally:
        gc.freeze()  # or all would be looked through now, and once more when Python ends
        gc.set_threshold(*before)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    before, console.quiet = console.quiet, True
    try:
        yield
    finally:
        console.quiet = before
