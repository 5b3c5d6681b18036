"""A file's front matter and body, told apart; titles run to the end of their line."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from commentary.errors import PostSyntaxError
from commentary.findings import found
from commentary.reading.yaml_text import Tree, quoted, read_yaml

MAX_LENGTH = 20_000

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"\n(---[ \t]*$\n?)", re.MULTILINE)

_INDENT = re.compile(r" *(?:- +)*")
_TITLE = re.compile(r"(?P<start> *(?:- +)*(?P<key>title|headline|summary):)[ \t]+(?P<value>\S.*)")
# What YAML reads as it is typed: no indicator at the start, no `: ` or ` #` within, no `:` at the end.
_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`])(?!.*(?::\s|\s#|:$)).*")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")
_BLOCK = re.compile(r".*[:-] {1,9}[|>][+-]?\d?[+-]?\s*")  # a block scalar's first line
_FLOW = re.compile(r" *(?:- +)*(?:[\w\"'-]+:\s+)?[\[{]")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of a file, and the Markdown below them."""

    tree: Tree
    body: str
    body_line: int


def read_front_matter(text: str, *, path: str) -> FrontMatter:
    """Read a clean text (`text.clean`). PostSyntaxError if it has no front matter; other faults are in `tree`."""
    opening = _OPENING.match(text)
    if not opening:
        what = "begins with no `---`" if text.strip() else "is empty"
        message = f"the file {what}; begin with a line ---, then title:, topics: and source:, then a line ---"
        raise PostSyntaxError([found(path, 1, "front-matter", message)])
    closing = _CLOSING.search(text, opening.end() - 1)
    if not closing:
        message = "the keys that begin here are never closed; put a line --- between them and the body"
        raise PostSyntaxError([found(path, 1, "front-matter", message)])
    if closing.start(1) > MAX_LENGTH:
        message = f"the keys are {closing.start(1)} characters long, over {MAX_LENGTH}; no post needs as many"
        raise PostSyntaxError([found(path, 1, "front-matter", message)])
    lines, faults = quote_titles(text[opening.end() : closing.start(1)].split("\n"))
    tree = read_yaml("\n".join(lines), path=path, first_line=2)
    refused = tuple(found(path, row + 2, "front-matter", message) for row, message in faults.items())
    return FrontMatter(
        tree=replace(tree, findings=refused + tree.findings) if refused else tree,
        body=text[closing.end() :],
        body_line=text.count("\n", 0, closing.end()) + 1,
    )


def quote_titles(lines: list[str]) -> tuple[list[str], dict[int, str]]:
    """Put quotes around titles, headlines and summaries that YAML would not read as typed.

    Also gives what cannot be: the row of each such line, and the message.
    """
    written: list[str] = []
    faults: dict[int, str] = {}
    block: int | None = None  # the indentation of the key whose text the lines below continue
    dropped = False  # those lines
    depth = 0  # of brackets and braces that earlier lines left open
    for row, (line, following) in enumerate(zip_longest(lines, lines[1:], fillvalue="")):
        indent = len(_INDENT.match(line)[0])  # type: ignore[index]  # it matches the empty string too
        if block is not None and (not line.strip() or indent > block):
            # Text of a block scalar is not ours to change; what wrongly continues a title is left out.
            written.append("" if dropped else line)
            continue
        block = None
        continued = following.startswith(" ") and len(_INDENT.match(following)[0]) > indent  # type: ignore[index]
        title = None if depth else _TITLE.fullmatch(line)
        if continued and not depth and _BLOCK.fullmatch(line):
            block = indent
        elif title:
            key, value = title["key"], title["value"].rstrip()
            if continued and not following.lstrip().startswith("#"):
                faults[row] = f"{key} goes on in the next line; write it on one line, or after `>-`"
                block, dropped = indent, True
            if unclosed := _unclosed(value):
                faults[row] = f"{key} opens {unclosed} and does not close it; close it, or write {key}: {quoted(value)}"
            if not (_PLAIN.fullmatch(value) or _QUOTED.fullmatch(value)):
                line = f"{title['start']} {quoted(value)}"  # noqa: PLW2901 - the line as YAML wants it
        elif depth or _FLOW.match(line):
            depth = max(0, depth + sum(map(line.count, "[{")) - sum(map(line.count, "]}")))
        written.append(line)
    return written, faults


def _unclosed(value: str) -> str | None:
    """The quote or bracket that a value opens and never closes."""
    first = value[0]
    if first in "\"'":
        return None if _QUOTED.match(value) else first
    if last := {"[": "]", "{": "}"}.get(first):
        depth = 0
        for char in value:
            depth += (char == first) - (char == last)
            if not depth:
                return None
        return first
    return None
