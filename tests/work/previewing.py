"""A project with its preview, in this process: files are saved, and the preview is told so."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from commentary.pelican_plugin.workshop import open_workshop
from commentary.work.preview import Preview
from tests.factories import POST, REPOSITORY, write_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commentary.errors import CommentaryError
    from commentary.work.prepare import Prepared
    from commentary.work.preview import PageState
    from commentary.work.shown import Workshop

PATH = "content/posts/2025-04-30-tariff-pause.md"
PAGE = "2025/04/30/tariff-pause/index.html"
NOW = "2025-05-02 12:00"


class Log:
    """A terminal that remembers what it was told."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def planned(self, prepared: Prepared) -> None:
        self.lines.append(f"{len(prepared.corpus.posts)} posts")

    def failed(self, error: CommentaryError, *, stands: bool) -> None:
        self.lines.append(f"{'stands' if stands else 'nothing'}: {error}")

    def unrendered(self, error: CommentaryError) -> None:
        self.lines.append(str(error))


class Author:
    """Saves files of a project with a theme of its own."""

    def __init__(
        self,
        folder: Path,
        post: str = POST,
        *,
        settings: str = "",
        drafts: bool = True,
        opened: Callable[[Workshop], Workshop] = lambda workshop: workshop,
    ) -> None:
        self.folder = folder
        shutil.copytree(REPOSITORY / "theme", folder / "theme")
        write_project(folder, {PATH.removeprefix("content/posts/"): post}, settings=f"\nTHEME = 'theme'\n{settings}")
        self.log = Log()
        file = folder / "pelicanconf.py"
        self.preview = Preview(
            lambda: opened(open_workshop(file, COMMENTARY_NOW=NOW, COMMENTARY_DRAFTS=drafts)), self.log
        )
        self.plan()

    def plan(self) -> None:
        """Do what the server does when no page is asked for."""
        self.preview.plan()
        self.preview.try_templates()

    def write(self, path: str, text: str | None) -> None:
        """Save a file, or remove it; nobody is told."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink() if text is None else file.write_text(text, "utf-8")

    def save(self, path: str, text: str | None) -> None:
        """Save a file, or remove it; the site is not planned yet."""
        self.write(path, text)
        self.preview.change([self.folder / path])

    def edit(self, path: str, old: str, new: str) -> None:
        """Save a file with other words."""
        text = (self.folder / path).read_text("utf-8")
        assert old in text
        self.save(path, text.replace(old, new))

    def look(self, path: str = PAGE) -> PageState:
        return self.preview.state_of(path)

    def reads(self, path: str = PAGE) -> str:
        """What stands at a path."""
        content = self.look(path).content
        assert content is not None
        return content.decode()

    def faults(self, path: str = PAGE) -> list[str]:
        """What is said to be wrong there, without the advice."""
        return [f"{fault.place} {fault.rule}" for fault in self.look(path).faults]
