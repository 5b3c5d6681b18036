"""
What a text may ask of Python-Markdown, told before it begins.

Some of its patterns take time with the square of a text's length, and it calls itself once for each level of a
list: unclosed brackets, fences, rules and headings without a blank line between them would keep a build for minutes.
The limits are far above what people write, and low enough that any text of 1 MB is done in two seconds.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from commentary.syntax.excerpt import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commentary.syntax.body import Stretch

MAX_PARTS = 2_000  # of a post: excerpts and the remarks between them
MAX_LINES = 40_000
MAX_SHOWN = 20_000  # lines that are not blank
MAX_BLOCK_LINES = 1_000  # without a blank line between them
MAX_BLOCK = 20_000  # characters of such lines
MAX_MARKS = 60_000  # characters that may be syntax
MAX_REACH = 2_000_000  # characters from each bracket to where it closes, all together
MAX_DEPTH = 12  # lists and quotations in one another
MAX_CELLS = 200  # of a table's row
MAX_FENCES = 100  # that nothing closes
MAX_NOTES = 1_000  # at the foot

_BLANK = Line(0, "")  # between two stretches
_MARKS = re.compile(r"[\[\]*_`\\<&|]")
_DEEP = re.compile(
    rf"\s*(?:(?:[-*+>]|\d{{1,9}}\.)[ \t]*+){{{MAX_DEPTH + 1}}}|(?: {{{4 * MAX_DEPTH}}}|\t{{{MAX_DEPTH}}})\s*(?:[-*+>]|\d{{1,9}}\.)"
)
_TOO_DEEP = f"lists or quotations stand in one another more than {MAX_DEPTH} deep; take some out"
_RULE = re.compile(r"[-*_ \t]{1,200}")
_BRACKET = re.compile(r"[\[\]()]")
_CLOSES = {"]": "[", ")": "("}
_NOTE = re.compile(r"^ {0,3}\[\^", re.MULTILINE)
_FENCE = re.compile(r"(~{3,}|`{3,}) *(.*)")


class Excess(NamedTuple):
    """A line from which on a text asks too much, and what it is too much of."""

    line: int
    message: str


def excess_of_lines(text: str, first_line: int) -> Excess | None:
    """Whether a text has too many lines to be looked at one by one; `first_line`: the number of its first."""
    if (lines := text.count("\n")) > MAX_LINES:
        return Excess(first_line, f"here begin {lines} lines, over {MAX_LINES}; split the text into several")
    return None


def excess_of_post(body: str, stretches: Sequence[Stretch]) -> Excess | None:
    """What a post's body, in its stretches, has too much of."""
    if len(stretches) > MAX_PARTS:
        message = f"here begins part {MAX_PARTS + 1} of {len(stretches)}; split the post into several"
        return Excess(stretches[MAX_PARTS].line, message)
    return _excess(body, [line for stretch in stretches for line in (*stretch.lines, _BLANK)])


def excess_of_document(text: str, first_line: int) -> Excess | None:
    """What a page of prose has too much of."""
    lines = (Line(number, line) for number, line in enumerate(text.split("\n"), first_line))
    return excess_of_lines(text, first_line) or _excess(text, list(lines))


def _excess(text: str, lines: Sequence[Line]) -> Excess | None:
    """The first excess of the lines of a text, or of parts of them."""
    if not _is_modest(text):
        return next(_excesses(lines), None)
    return next((Excess(line.number, _TOO_DEEP) for line in lines if _is_deep(line.text)), None)


def _is_modest(text: str) -> bool:
    """Whether a text is so short, and holds so little, that only its depth can be excessive."""
    return (
        len(text) <= MAX_BLOCK  # and so has fewer characters of any kind than any budget
        and text.count("\n") < MAX_BLOCK_LINES
        and text.count("[") + text.count("(") <= MAX_REACH // MAX_BLOCK
        and text.count("|") <= MAX_CELLS
        and text.count("[^") <= MAX_NOTES
        and text.count("```") + text.count("~~~") <= MAX_FENCES
    )


def _excesses(lines: Sequence[Line]) -> Iterator[Excess]:
    budgets = {
        "lines": MAX_SHOWN,
        "characters that may be Markdown": MAX_MARKS,
        "characters between brackets that close late or never": MAX_REACH,
        "footnotes": MAX_NOTES,
    }
    for shown, block in groupby(lines, key=lambda line: bool(line.text.strip())):
        if not shown:
            continue
        held = list(block)
        text = "\n".join(line.text for line in held)
        if len(held) > MAX_BLOCK_LINES or len(text) > MAX_BLOCK:
            yield Excess(
                held[0].number,
                f"the paragraph, list or table has {len(held)} lines and {len(text)} characters, "
                f"over {MAX_BLOCK_LINES} or {MAX_BLOCK}; divide it by blank lines",
            )
        yield from (Excess(line.number, why) for line in held if (why := _of_line(line.text)))
        spent = (len(held), len(_MARKS.findall(text)), _reach(text), len(_NOTE.findall(text)))
        for (what, left), cost in zip(budgets.items(), spent, strict=True):
            budgets[what] = left - cost
            if budgets[what] < 0:
                yield Excess(held[0].number, f"up to here the text has too many {what}; split it into several posts")
    unclosed = _unclosed_fences(lines)
    if len(unclosed) > MAX_FENCES:
        yield Excess(
            unclosed[0], f"this fence and {len(unclosed) - 1} more are closed by nothing; close or delete them"
        )


def _of_line(text: str) -> str | None:
    if _is_deep(text):
        return _TOO_DEEP
    if text.count("|") > MAX_CELLS:
        return f"the line has {text.count('|')} |, over {MAX_CELLS} cells; make the table narrower"
    return None


def _is_deep(text: str) -> bool:
    return bool(_DEEP.match(text)) and not _RULE.fullmatch(text)


def _reach(text: str) -> int:
    """How far all brackets of a block are from where they close; from the end, if nothing closes them."""
    total = 0
    waiting: dict[str, list[int]] = {"[": [], "(": []}
    for match in _BRACKET.finditer(text):
        if opening := _CLOSES.get(match[0]):
            total += match.start() - waiting[opening].pop() if waiting[opening] else 0
        else:
            waiting[match[0]].append(match.start())
    return total + sum(len(text) - place for places in waiting.values() for place in places)


def _unclosed_fences(lines: Sequence[Line]) -> list[int]:
    fences = [(line.number, match[1], match[2]) for line in lines if (match := _FENCE.match(line.text))]
    last = {fence: number for number, fence, rest in fences if not rest}
    unclosed: list[int] = []
    inside: str | None = None
    for number, fence, rest in fences:
        if inside:
            inside = None if fence == inside and not rest else inside
        elif last.get(fence, 0) > number:
            inside = fence
        else:
            unclosed.append(number)
    return unclosed
