"""The marks inside an excerpt, whatever the text around them."""

from __future__ import annotations

import time
from html import escape

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commentary.model import Run
from commentary.syntax.marks import read_marks
from commentary.syntax.sanitise import sanitise

SYNTAX = r"\*_[](){}"
PLAIN = st.text(st.characters(exclude_categories=("C",), exclude_characters=SYNTAX + "\u2028\u2029"))
MARKED = st.text(st.sampled_from("*_[]()\\….- \na한“”(h") | st.characters(exclude_categories=("C",)))


def seen(html: str) -> str:
    """The text of a fragment, as a browser has it."""
    parser = html5lib.HTMLParser(strict=True)
    return "".join(parser.parseFragment(f"<p>{html}</p>").itertext())


@given(PLAIN)
@example("a < b & c &amp; <b> &copy; -- ... 'x' \"y\"")
@example("1994. It was # 5 ~~x~~ `y` ![z] http://x.example".replace("[z]", ""))
def test_text_without_marks_is_seen_as_typed(text: str) -> None:
    html, runs = read_marks(text)
    assert html == escape(text, quote=False)
    assert runs == ((Run(kind="quoted", text=text),) if text else ())


@given(MARKED)
@example("*a [b* c]* [*d*](https://x.example/*e*) [[f]](http://g) […](https://x)")
def test_runs_are_what_a_browser_shows(text: str) -> None:
    """Whatever is typed, the runs together are the text of the HTML, and the HTML is well-formed."""
    html, runs = read_marks(text)
    assert "".join(run.text for run in runs) == seen(html) == seen(sanitise(html))


@given(MARKED)
def test_a_backslash_keeps_every_mark_as_typed(text: str) -> None:
    escaped = "".join(f"\\{char}" if char in SYNTAX else char for char in text)
    assert "".join(run.text for run in read_marks(escaped)[1]) == text


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("[T]he", [("interpolation", "[T]"), ("quoted", "he")]),
        ("a [...] b", [("quoted", "a "), ("elision", "[...]"), ("quoted", " b")]),
        ("[a][b]", [("interpolation", "[a]"), ("interpolation", "[b]")]),
        ("[*sic*]", [("interpolation", "[sic]")]),
        ("said[.]", [("quoted", "said"), ("interpolation", "[.]")]),
        ("[. . .]", [("elision", "[. . .]")]),
        ("a … b (.) ()", [("quoted", "a … b (.) ()")]),
        ("[a](https://x.example)", [("quoted", "a")]),
    ],
)
def test_each_run_is_of_one_hand(text: str, runs: list[tuple[str, str]]) -> None:
    assert [(run.kind, run.text) for run in read_marks(text)[1]] == runs


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "[" * 10_000 + "a" + "]" * 10_000,
        "[" * 5_000 + "a](http://x)" * 5_000,
        "*" * 50_000,
        "*a " * 25_000,
        "a* " * 25_000,
        "*a _b " * 8_000 + "b_ a* " * 8_000,
        "[" + "." * 50_000,
        "[a](http://" + "(" * 50_000,
        "\\" * 50_001,
    ],
    ids=lambda text: f"{text[:8]}… {len(text)}",
)
def test_hostile_text_takes_no_longer_than_it_is_long(text: str) -> None:
    """Each takes about 0.1 s; anything quadratic would take a minute."""
    begun = time.process_time()
    assert "".join(run.text for run in read_marks(text)[1])
    assert time.process_time() - begun < 2
