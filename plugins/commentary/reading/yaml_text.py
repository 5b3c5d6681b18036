"""
Strict YAML: every scalar is text, every key knows its line, nothing is read in silence.

Built on libyaml's events (as `yaml.compose` is), because its nodes no longer say which of them
had an anchor. Typing the text is the schema's work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from commentary.findings import Finding, found
from commentary.reading.text import REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Event: TypeAlias = Any  # its stubs know neither anchors nor that the marks of parsed events are there

MAX_DEPTH = 12
_YAML_TAG = "tag:yaml.org,2002:"

# What libyaml says -> what an author can do about it. The first whose key the problem holds is taken.
_PROBLEMS = {
    "tab character": "a tab stands where YAML wants spaces; replace it with spaces",
    "mapping values are not allowed": "a `: ` stands where no key can be; put the value in quotes, or mend the indentation",
    "could not find expected ':'": "the line is no `key: value`; write a colon and a space after the key",
    "',' or ']'": "the list that [ begins is not closed; write ], or put the value in quotes",
    "',' or '}'": "the mapping that { begins is not closed; write }, or put the value in quotes",
    "unexpected end of stream": "a quote is opened and not closed; close it at the value's end",
    "document indicator": "a quote is opened and not closed; close it at the value's end",
    "unknown escape": "a backslash stands between double quotes; write it twice, or use single quotes",
    "expected key": "the line fits neither the keys above nor their indentation; mend the indentation or the quotes",
    "'-' indicator": "the line stands among list items and is none; begin it with `- ` or mend the indentation",
    "block sequence entries": "a list begins on the line of its key; put each `- item` on a line of its own",
    "node content": "the value begins with a character that YAML reserves; put the value in quotes",
    "<document start>": "`...` or `%` at the line's start ends the keys; take it out",
}


# The keys of free text, where `#` is likely meant; an address, a date or a word of a list is none with it.
_WORDS = re.compile(
    r"(?:.+\.)?(?:publication|agency|byline|author|reason|note|was|name|title|headline|summary|description)(?:\.\d+)?"
)
_COMMENT = re.compile(r"[ \t]*#")
_BAD_KEY = "a key must be one plain word on one line; write it as `key: value`"
_GLUED = re.compile(r"\s*(?:- )?(\w+):[^\s/]")  # "title:Seoul", but not "https://…"


@dataclass(frozen=True, slots=True)
class Tree:
    """A mapping read from YAML, and what was wrong with its text."""

    values: dict[str, Value]
    lines: dict[str, int]  # "source.url", "corrections.0.note" -> line in the file
    findings: tuple[Finding, ...] = ()
    whole: bool = True  # False: parts of it could not be read, so what is missing may have been there


def read_yaml(text: str, *, path: str, first_line: int = 1, folded: bool = False) -> Tree:
    """Read a mapping. `first_line`: where `text` begins in its file; `folded`: plain values may take several lines."""
    reader = _Reader(text.split("\n"), path, first_line, folded)
    loader = yaml.CBaseLoader(text)
    try:
        values = reader.document(iter(loader.get_event, None))
    except yaml.MarkedYAMLError as error:
        reader.explain(error)
        values = {}
    finally:
        loader.dispose()
    return Tree(values, reader.lines, tuple(reader.findings), whole=not reader.broken)


@dataclass(slots=True)
class _Reader:
    source: list[str]
    path: str
    first_line: int
    folded: bool
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken: bool = False

    def document(self, events: Iterator[Event]) -> dict[str, Value]:
        next(events)  # the stream's start
        if isinstance(next(events), yaml.StreamEndEvent):
            return {}
        event = next(events)
        if not isinstance(event, yaml.MappingStartEvent):
            self._break(event, "here stand no `key: value` lines; write a key, a colon, a space and its value")
            return {}
        values = self._mapping(events, "", 0)
        next(events)  # the document's end
        if not isinstance(after := next(events), yaml.StreamEndEvent):
            self._break(after, "a second YAML document begins; take out its `---` or `...`")
        return values

    def _value(self, events: Iterator[Event], event: Event, at: str, depth: int) -> Value:
        if isinstance(event, yaml.AliasEvent):
            self._break(event, f"{at}: *{event.anchor} is a YAML alias; write the value itself, or put it in quotes")
            return ""
        if depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)
        if event.anchor is not None:
            self._refuse(event, f"{at}: &{event.anchor} is a YAML anchor; take it out, or put the value in quotes")
        if event.tag is not None:
            self._refuse(
                event,
                f"{at}: {event.tag.replace(_YAML_TAG, '!!')} is a YAML tag; take it out, or put the value in quotes",
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, at, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                place = f"{at}.{len(items)}"
                self.lines[place] = self._line(event)
                items.append(self._value(events, event, place, depth + 1))
            return items
        if event.style == "":
            self._check_plain(event, at)
        elif escaped := REFUSED.search(event.value):
            self._refuse(event, f"{at} holds an escape for U+{ord(escaped[0]):04X}, which no text has; take it out")
        return str(event.value)

    def _mapping(self, events: Iterator[Event], at: str, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._key(events, event, depth)
            place = f"{at}.{key}" if at else key
            line = self._line(event)
            repeated = key in values
            if repeated:
                message = f"{place} stands on line {self.lines[place]} already; keep one of the two"
                self.findings.append(found(self.path, line, "repeated-key", message))
            else:
                self.lines[place] = line
            value = self._value(events, next(events), place, depth + 1)
            if not repeated:
                values[key] = value
        return values

    def _key(self, events: Iterator[Event], event: Event, depth: int) -> str:
        is_word = isinstance(event, yaml.ScalarEvent)
        if is_word and event.anchor is None and event.tag is None and event.start_mark.line == event.end_mark.line:
            return str(event.value)
        self._break(event, _BAD_KEY)
        return str(event.value if is_word else self._value(events, event, "key", depth + 1))

    def _check_plain(self, event: Event, at: str) -> None:
        end = event.end_mark
        if _COMMENT.match(self.source[end.line], end.column):
            whole = f"{event.value}{self.source[end.line][end.column :]}".strip()
            way = "take it out, or put it on a line of its own"
            if _WORDS.fullmatch(at):
                way = f"put the value in quotes: {quoted(whole)}"
            message = f"{at}: YAML drops what follows `#`; {way}"
            self.findings.append(found(self.path, self._line(event), "comment-in-value", message))
        if end.line != event.start_mark.line and not self.folded:
            self._refuse(event, f"{at} goes on in the next line; write it on one line, or after `>-`")

    def explain(self, error: yaml.MarkedYAMLError) -> None:
        """One finding for what stopped libyaml, at the line an author would look at."""
        problem = error.problem or ""
        mark = error.problem_mark
        opened = ("flow", "quoted", "simple key")  # what is not closed is mended where it was opened
        if error.context_mark and any(word in (error.context or "") for word in opened):
            mark = error.context_mark
        row = min(mark.line if mark else 0, len(self.source) - 1)
        message = next((way for part, way in _PROBLEMS.items() if part in problem), "")
        if "cannot start any token" in problem and mark:
            char = self.source[row][mark.column : mark.column + 1]
            message = f"the value begins with {char}, which YAML reserves; put it in quotes"
            if char == "\t":
                message = "a tab stands where YAML wants spaces; replace it with spaces"
        elif "nested" in problem or "level" in problem:
            message = f"values are nested more than {MAX_DEPTH} deep; no key of ours needs that"
        elif "':'" in problem or "mapping values" in problem:
            for above in (row, row - 1)[: row + 1]:
                if glued := _GLUED.match(self.source[above]):
                    row, message = above, f"there is no space after `{glued[1]}:`; write one"
        self.broken = True
        # What was taken for a value up to here may have been part of the fault.
        self.findings = [f for f in self.findings if f.rule != "front-matter"]
        self.findings.append(
            found(
                self.path,
                self.first_line + row,
                "front-matter",
                message or f"YAML cannot read it ({problem}); put the value in quotes",
            )
        )

    def _break(self, event: Event, message: str) -> None:
        self.broken = True
        self._refuse(event, message)

    def _refuse(self, event: Event, message: str) -> None:
        self.findings.append(found(self.path, self._line(event), "front-matter", message))

    def _line(self, event: Event) -> int:
        return self.first_line + int(event.start_mark.line)


def quoted(value: str) -> str:
    """A value in the quotes that need least escaping."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'
