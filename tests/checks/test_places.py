"""What is wrong within a remark or a page is found at the line it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commentary.checks.places import lines_with
from commentary.settings import load_settings
from commentary.work.prepare import survey
from tests.factories import NOW, POST, write_project

if TYPE_CHECKING:
    from pathlib import Path

REMARK = """\
See [what is here](/topics/trade/).

See [what is gone](/gone/),
which is [further away](/gone/further/).

![](/images/a.png)

![A tank](/images/b.png) ![
](/images/b.png)

A paragraph.

![A tank](/images/a.png "A title")
"""


def told(folder: Path, remark: str = REMARK) -> list[str]:
    """Of a post whose last remark begins on line 17: line and rule of what is found."""
    project = write_project(folder, {"2025-04-30-a.md": f"{POST}\n{remark}"})
    findings = survey(load_settings(project / "pelicanconf.py"), now=NOW).findings
    return [f"{f.line} {f.rule}" for f in findings]


def test_links_and_images_are_found_at_their_lines(tmp_path: Path) -> None:
    assert told(tmp_path) == [
        "19 unanswered-link",
        "20 unanswered-link",
        "22 image-without-words",
        "22 missing-image",
        "24 image-without-words",
        "24 missing-image",
        "25 missing-image",
        "29 missing-image",
    ]


@pytest.mark.parametrize(
    "typed",
    ["[a][b]\n\n[b]: /gone/?a=1&b=2", "words\n<a\nhref='/gone/?a=1&amp;b=2'>a</a>", "x\n\n- [a](</gone/?a=1&b=2>)"],
)
def test_an_address_is_found_however_it_is_typed(tmp_path: Path, typed: str) -> None:
    assert told(tmp_path, typed) == ["19 unanswered-link"]


def test_what_cannot_be_found_stands_where_its_remark_begins(tmp_path: Path) -> None:
    assert told(tmp_path, "One.\n\n[a](/a\\_b/)") == ["15 unanswered-link"]


def test_a_file_that_is_gone_is_no_traceback(tmp_path: Path) -> None:
    lines = lines_with("/a/", path="content/posts/gone.md", start=7, root=tmp_path)

    assert [next(lines), next(lines)] == [7, 7]
