"""The shipped content, built once for all tests of the site."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import html5lib
import pytest
from lxml import html

from tests.factories import REPOSITORY
from tests.folders import tree


@dataclass(frozen=True)
class BuiltSite:
    """A built site on disk."""

    folder: Path

    def pages(self) -> list[Path]:
        """Every HTML file; never none."""
        pages = sorted(self.folder.rglob("*.html"))
        assert pages, f"{self.folder} holds no page"
        return pages

    def posts(self) -> list[Path]:
        """Every post's page; never none."""
        posts = sorted(self.folder.glob("20*/*/*/*/index.html"))
        assert posts, f"{self.folder} holds no post"
        return posts

    def tree(self, path: Path) -> html.HtmlElement:
        """A page as a tree."""
        return html.fromstring(path.read_bytes())

    def files(self) -> dict[str, bytes]:
        """Every file's bytes by its path below the site."""
        return tree(self.folder)


def build(
    output: Path, *arguments: str, project: Path = REPOSITORY, **kwargs: object
) -> subprocess.CompletedProcess[str]:
    """Run `commentary build` as an author would, in a process of its own."""
    command = [sys.executable, "-m", "commentary", "build", "--output", str(output), *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=240, **kwargs)


@pytest.fixture(name="site", scope="session")
def _site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    output = tmp_path_factory.mktemp("site") / "output"
    result = build(output)
    assert result.returncode == 0, result.stderr
    return BuiltSite(output)


def parse_errors(text: bytes) -> list[object]:
    """What html5lib, a parser to the letter of the HTML standard, finds wrong with a page."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return parser.errors
