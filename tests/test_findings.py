"""Findings as lines for people."""

from __future__ import annotations

import io

import pytest

from commentary.findings import NOTE, WARNING, Finding, as_text, wants_colour

FEW = [
    Finding("b.md", 2, "no-remark", "no remark; write one", WARNING),
    Finding("a.md", 12, "held", "held; wait", NOTE),
]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_text_is_a_line_for_each_finding() -> None:
    assert as_text(FEW) == "b.md:2: warning no-remark: no remark; write one\na.md:12: note held: held; wait\n"


def test_colour_marks_the_severity_alone() -> None:
    assert as_text(FEW[:1], colour=True) == "b.md:2: \033[33mwarning\033[0m no-remark: no remark; write one\n"


def test_only_a_terminal_gets_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")

    assert wants_colour(Terminal())
    assert not wants_colour(io.StringIO())


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_can_be_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)

    assert not wants_colour(Terminal())
