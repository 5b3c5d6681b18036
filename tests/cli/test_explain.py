"""`commentary explain`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commentary.findings import RULES
from tests.cli.running import commentary

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_rule_all_are_listed_with_their_severity(tmp_path: Path) -> None:
    lines = commentary("explain", folder=tmp_path).stdout.splitlines()

    listed = {line.split()[0]: line[25:].removeprefix("*").split()[0] for line in lines}
    assert listed == {name: str(rule.severity) for name, rule in RULES.items()}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_explained(rule: str, tmp_path: Path) -> None:
    title, blank, text = commentary("explain", rule, folder=tmp_path).stdout.split("\n", 2)

    assert (title, blank) == (f"{rule} ({RULES[rule].severity})", "")
    assert text.strip().endswith(".")


def test_a_check_is_explained_by_its_docstring(tmp_path: Path) -> None:
    assert "A quotation without a remark is only a copy" in commentary("explain", "no-remark", folder=tmp_path).stdout


def test_an_unknown_rule_names_the_nearest(tmp_path: Path) -> None:
    result = commentary("explain", "no-remarks", folder=tmp_path)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: there is no rule no-remarks; did you mean no-remark?\n"


def test_json_lists_objects(tmp_path: Path) -> None:
    rows = json.loads(commentary("explain", "--json", folder=tmp_path).stdout)

    assert [row["rule"] for row in rows] == list(RULES)
    assert [row["rule"] for row in rows if row["excusable"] and row["severity"] == "error"] == [
        "unquoted-line",
        "attribution",
        "unknown-story",
        "correction-before-post",
        "image-without-words",
        "altered",
        "missing",
    ]
