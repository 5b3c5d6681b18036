"""What the last build left is looked at while the next one reads; what changed by then is rendered again."""

import os

import pytest

from commentary.plan import Kind, Page
from commentary.plan.inputs import TextInputs
from commentary.publishing.last import LastBuild
from commentary.publishing.writing import write_site


@pytest.fixture(name="output")
def _output(tmp_path):
    return tmp_path / "output"


@pytest.fixture(name="kept")
def _kept(tmp_path):
    return tmp_path / "kept"


def build(output, last, **texts):
    """Pages of these names and texts; gives the names of those that were rendered."""
    rendered = []

    def render(page):
        rendered.append(page.path)
        return page.inputs.text.encode()

    pages = [Page(name, Kind.TEXT, TextInputs(text)) for name, text in texts.items()]
    write_site(output, pages, render, key=lambda page: page.inputs.text, last=last)
    return rendered


def settled(output, kept, **texts):
    """A site that was built long enough ago to be known by the marks of its files."""
    build(output, LastBuild(kept), **texts)
    for name in texts:
        os.utime(output / name, (1_700_000_000, 1_700_000_000))
    build(output, LastBuild(kept), **texts)


@pytest.fixture(name="looking")
def _looking(monkeypatch):
    """What is known of the last build, once its files have been looked at."""
    fork, looked = os.fork, []
    monkeypatch.setattr(os, "fork", lambda: looked.append(fork()) or looked[-1])

    def looking(kept, output):
        last = LastBuild(kept)
        last.look(output)
        for child in looked:  # none where this process has other threads, as it has after a test with a browser
            os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        return last

    return looking


def test_a_file_that_is_as_it_was_left_is_not_rendered(output, kept, looking):
    settled(output, kept, a="1", b="2")

    assert build(output, looking(kept, output), a="1", b="other") == ["b"]


@pytest.mark.parametrize("damage", ["altered", "removed", "a folder", "a link"])
def test_a_file_that_is_not_is_rendered(output, kept, looking, damage):
    settled(output, kept, a="1", b="2", c="3")
    (output / "b").unlink()
    match damage:
        case "altered":
            (output / "b").write_text("changed")
        case "a folder":
            (output / "b").mkdir()
        case "a link":
            (output / "b").symlink_to("a")
    last = looking(kept, output)
    if damage == "a folder":
        (output / "b").rmdir()  # for which there is an error else

    assert build(output, last, a="1", b="2", c="3") == ["b"]
    assert {name: (output / name).read_text() for name in "abc"} == {"a": "1", "b": "2", "c": "3"}


def test_a_build_that_came_between_is_not_taken_for_what_was_looked_at(output, kept, looking):
    settled(output, kept, a="1", b="2")
    last = looking(kept, output)
    build(output, LastBuild(kept), a="1", b="of another")

    build(output, last, a="1", b="2")

    assert (output / "b").read_text() == "2"
