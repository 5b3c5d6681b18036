"""Headings go as deep as the page that they stand on asks."""

from __future__ import annotations

import pytest

from commentary.syntax.headings import lower


@pytest.mark.parametrize(
    ("markup", "lowered"),
    [
        ("<h2>A</h2>\n<h3>B</h3>", "<h4>A</h4>\n<h5>B</h5>"),
        ("<h4>A</h4><h5>B</h5><h6>C</h6>", "<h6>A</h6><h6>B</h6><h6>C</h6>"),
        ('<h2 lang="ko">A</h2>', '<h4 lang="ko">A</h4>'),
        ("<hr><p>&lt;h2&gt;</p><h2>A</h2>", "<hr><p>&lt;h2&gt;</p><h4>A</h4>"),
        ("<hr><p>no heading</p>", "<hr><p>no heading</p>"),
    ],
)
def test_headings_stand_two_levels_below_their_own(markup: str, lowered: str) -> None:
    assert lower(markup, 2) == lowered
