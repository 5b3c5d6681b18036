"""Each case of the fixtures: a body as typed, and the HTML that a reader gets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from commentary.syntax.body import split_body
from commentary.syntax.excerpt import read_quotation
from commentary.syntax.remark import render_remarks

FIXTURES = Path(__file__).parent / "fixtures"
CASE = re.compile(r"^## ([^\n]+)\n\n```markdown\n(.*?)\n```\n\n```html\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


class Case(NamedTuple):
    """A title, what is typed, what is shown."""

    title: str
    markdown: str
    html: str


def read_cases(path: Path) -> list[Case]:
    """Cases are ``## title``, a markdown fence, then an html fence."""
    text = path.read_text("utf-8")
    cases = [Case(*parts) for parts in CASE.findall(text)]
    headings = f"\n{text}".count("\n## ")
    assert headings == len(cases) > 0, f"{path}: {headings} headings, {len(cases)} whole cases"
    return cases


def html_of(markdown: str) -> str:
    """A body as a page would show it, without attributions."""
    stretches = split_body(markdown).stretches
    remarks = iter(render_remarks([s.text for s in stretches if not s.quoted], name="post"))
    shown = [
        f"<blockquote>\n{read_quotation(s.lines).html}\n</blockquote>" if s.quoted else "\n".join(next(remarks))
        for s in stretches
    ]
    return "\n".join(filter(None, shown))


CASES = [(path.stem, case) for path in sorted(FIXTURES.glob("*.md")) for case in read_cases(path)]


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{stem}: {case.title}") for stem, case in CASES])
def test_typed_text_shows_as_its_case_says(case: Case) -> None:
    assert html_of(case.markdown) == case.html


def test_both_voices_have_cases() -> None:
    assert {stem for stem, _ in CASES} == {"excerpt", "remark"}


def test_half_a_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "half.md"
    path.write_text("## whole\n\n```markdown\na\n```\n\n```html\na\n```\n\n## half\n\n```markdown\nb\n```\n")
    with pytest.raises(AssertionError, match="2 headings, 1 whole cases"):
        read_cases(path)
