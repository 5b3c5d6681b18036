"""Whatever is saved is seen, also when nobody watches: before the server does, and while folders make way for others."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TYPE_CHECKING

import pytest

from commentary.settings import load_settings
from commentary.work.serve import Server, serve
from commentary.work.shown import Workshop
from commentary.work.watching import changes
from tests.factories import POST
from tests.processes import LONG, wait_for
from tests.work.previewing import PATH, Author

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Busy(Workshop):
    """A workshop in which something is done after the files were read, and before the site stands."""

    meanwhile: Callable[[], object] | None = None

    def survey(self):  # type: ignore[no-untyped-def]
        prepared = super().survey()
        if act := Busy.meanwhile:
            Busy.meanwhile = None
            act()
        return prepared


def busy(workshop: Workshop) -> Workshop:
    return Busy(workshop.settings, workshop.env, workshop.caches, workshop.now, workshop.drafts)


@pytest.fixture(name="author")
def _author(tmp_path: Path) -> Iterator[Author]:
    author = Author(tmp_path / "project", opened=busy)
    yield author
    author.preview.close()


@pytest.fixture(name="begin")
def _begin(author: Author) -> Iterator[Callable[[], None]]:
    """Start the server; gives once it is ready."""
    file, ready = author.folder / "pelicanconf.py", threading.Event()
    server = Server(load_settings(file), author.preview, 0)
    thread = threading.Thread(
        target=serve, args=(server,), kwargs={"settings_file": file, "ready": lambda _: ready.set()}, daemon=True
    )

    def begin() -> None:
        thread.start()
        assert ready.wait(LONG), "the server is not ready"

    yield begin
    author.preview.close()
    thread.join(LONG)
    assert not thread.is_alive(), "the server does not end"


def shows(author: Author, words: str) -> None:
    wait_for(lambda: words in author.reads(), lambda: f"{words!r} shows, but {author.log.lines} are told")


def test_settings_that_are_saved_while_the_first_site_is_planned_are_read(
    author: Author, begin: Callable[[], None]
) -> None:
    settings = author.folder / "pelicanconf.py"
    text = settings.read_text()
    assert "Second name" not in author.reads()

    Busy.meanwhile = lambda: settings.write_text(f"{text}\nSITENAME = 'Second name'\n")
    begin()

    shows(author, "Second name")


@pytest.mark.parametrize("is_kept", [False, True], ids=["removed", "moved away"])
def test_a_folder_in_the_place_of_the_one_that_was_watched_is_watched(
    author: Author, begin: Callable[[], None], is_kept: bool
) -> None:
    """As a tool does that brings another state of a site, all at once."""
    begin()
    author.write(PATH, POST.replace("only a pause", "watched"))
    shows(author, "watched")
    content, other = author.folder / "content", author.folder / "other"
    shutil.copytree(content, other)
    (other / PATH.removeprefix("content/")).write_text(POST.replace("only a pause", "another"))
    shutil.move(content, author.folder / "before") if is_kept else shutil.rmtree(content)
    shutil.move(other, content)
    shows(author, "another")
    author.write(PATH, POST.replace("only a pause", "saved there"))

    shows(author, "saved there")
    assert "another" not in author.reads()


def test_what_is_saved_in_a_folder_that_the_settings_have_just_named_is_seen(
    author: Author, begin: Callable[[], None]
) -> None:
    begin()
    assert "elsewhere" not in author.reads()
    shutil.copytree(author.folder / "content", author.folder / "other")
    settings = author.folder / "pelicanconf.py"
    Busy.meanwhile = lambda: author.write(
        PATH.replace("content", "other", 1), POST.replace("only a pause", "elsewhere")
    )
    settings.write_text(f"{settings.read_text()}\nPATH = 'other'\n")

    shows(author, "elsewhere")


@pytest.mark.parametrize("deep", [False, True])
def test_changes_begin_with_what_was_saved_before_they_were_watched(tmp_path: Path, deep: bool) -> None:
    (tmp_path / "in").mkdir()
    since = time.time_ns() - 10**9  # the clock of a file system is coarse
    (tmp_path / "a").touch()
    (tmp_path / "in/b").touch()
    turns = changes([tmp_path], since, deep=deep)

    assert (tmp_path / "a" in (first := next(turns)), tmp_path / "in/b" in first) == (True, deep)
    assert tmp_path / "a" not in next(turns)
