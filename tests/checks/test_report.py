"""What findings amount to, and how they are shown."""

from __future__ import annotations

import json

import pytest

from commentary.checks import report
from commentary.findings import ERROR, NOTE, WARNING, Finding, found
from tests.factories import make_post, make_settings

ODD = Finding("b, c:d.md", 7, "bad-value", "100 % wrong\r\nby far; write 99", ERROR)
FEW = [
    Finding("b.md", 2, "no-remark", "no remark; write one", WARNING),
    Finding("a.md", 12, "held", "held; wait", NOTE),
    Finding("a.md", 3, "bad-value", "bad; mend it", ERROR),
]


def judged(*findings: Finding, allow: tuple[str, ...] = (), **settings: object) -> list[Finding]:
    """What stands of `findings` in a post that is excused from `allow`."""
    return report.judge(findings, [make_post(allow=allow)], make_settings(**settings))


PATH = make_post().path
NO_REMARK = found(PATH, 11, "no-remark", "the post has no remark; write it")
BAD_VALUE = found(PATH, 3, "bad-value", "no such day; correct it")


def test_a_post_is_excused_from_the_rules_it_names() -> None:
    assert judged(NO_REMARK, allow=("no-remark",)) == []
    assert judged(NO_REMARK, allow=("no-excerpt",)) == [NO_REMARK]


def test_one_post_excuses_no_other() -> None:
    other = found("content/posts/other.md", 11, "no-remark", "the post has no remark; write it")

    assert judged(other, allow=("no-remark",)) == [other]


def test_no_post_is_excused_from_a_text_that_cannot_be_built() -> None:
    assert judged(BAD_VALUE, allow=("bad-value",)) == [BAD_VALUE]


def test_the_settings_change_a_severity() -> None:
    assert [f.severity for f in judged(NO_REMARK, severities={"no-remark": ERROR})] == [ERROR]
    assert [f.severity for f in judged(NO_REMARK)] == [WARNING]


def test_findings_are_sorted_by_place_and_told_once() -> None:
    assert judged(NO_REMARK, BAD_VALUE, NO_REMARK) == [BAD_VALUE, NO_REMARK]


@pytest.mark.parametrize(("severity", "plain", "strict"), [(NOTE, 0, 0), (WARNING, 0, 1), (ERROR, 1, 1)])
def test_an_error_fails_and_a_warning_only_under_strict(severity: int, plain: int, strict: int) -> None:
    findings = [f for f in FEW if f.severity == severity]

    assert (report.exit_status(findings), report.exit_status(findings, strict=True)) == (plain, strict)


def test_no_finding_fails_nothing() -> None:
    assert report.exit_status([], strict=True) == 0


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(report.as_json([ODD])) == [
        {"path": ODD.path, "line": 7, "severity": "error", "rule": "bad-value", "message": ODD.message}
    ]
    assert json.loads(report.as_json([])) == []


def test_github_commands_escape_what_would_end_them() -> None:
    assert report.as_github([ODD]) == (
        "::error file=b%2C c%3Ad.md,line=7,title=bad-value::100 %25 wrong%0D%0Aby far; write 99\n"
    )
    assert [line.partition(" ")[0] for line in report.as_github(FEW).splitlines()] == [
        "::warning",
        "::notice",
        "::error",
    ]


@pytest.mark.parametrize(
    ("findings", "posts", "line"),
    [
        ([], 10, "no findings in 10 posts"),
        (FEW[:1], 1, "1 warning in 1 post"),
        (FEW[1:], 2, "1 error and 1 note in 2 posts"),
        ([*FEW, *FEW], 3, "2 errors, 2 warnings and 2 notes in 3 posts"),
    ],
)
def test_the_summary_counts_in_plain_english(findings: list[Finding], posts: int, line: str) -> None:
    assert report.summary(findings, posts=posts) == line
