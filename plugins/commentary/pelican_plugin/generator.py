"""The generator that stands in for Pelican's own, and the table of what we connect to Pelican."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican import signals
from pelican.generators import Generator

from commentary.errors import SettingsError
from commentary.pelican_plugin.engine import STATE, CommentaryPelican
from commentary.work.progress import on_terminal

if TYPE_CHECKING:
    from commentary.work.build import Build


class SiteGenerator(Generator):  # type: ignore[misc]  # pelican ships no types
    """Renders the plan with Pelican's Jinja environment and writes it to Pelican's output folder."""

    def generate_output(self, writer: object) -> None:  # noqa: ARG002 - Pelican's writer is neither atomic nor quiet about files that exist
        """Bring the output folder to hold the plan. CommentaryError if it cannot be done."""
        # A site that stands as it was built need not wait for these.
        from commentary.publishing.writing import write_site  # noqa: PLC0415
        from commentary.rendering import Renderer  # noqa: PLC0415

        build: Build = self.settings[STATE]
        build.env = self.env
        if (prepared := build.prepared) is None:
            return
        settings = prepared.settings
        renderer = Renderer(
            self.env,
            settings.site,
            prepared.corpus.vocabulary,
            prepared.files.assets,
            settings.root,
            wording=prepared.wording,
            ledger=prepared.ledger,
            cache=settings.cache,
        )
        renderer.get_ready(prepared.plan, jobs=settings.processes)
        build.written = write_site(
            settings.output,
            prepared.plan,
            renderer.render,
            key=renderer.key,
            last=build.last,
            jobs=settings.processes,
            progress=on_terminal("Rendering"),
        )
        renderer.keep()


def add_site_generator(engine: object) -> type[SiteGenerator]:
    """Give Pelican our generator. SettingsError if it is not our Pelican that runs."""
    if not isinstance(engine, CommentaryPelican):
        raise SettingsError(
            'pelicanconf.py must set PELICAN_CLASS = "commentary.CommentaryPelican"; Pelican alone would drop posts that fail'
        )
    return SiteGenerator


HANDLERS = ((signals.get_generators, add_site_generator),)


def register() -> None:
    """Connect the plugin to Pelican."""
    for signal, handler in HANDLERS:
        signal.connect(handler)


def unregister() -> None:
    """Undo `register`: signals are process-wide, and tests build sites without us too."""
    for signal, handler in HANDLERS:
        signal.disconnect(handler)
