"""Mechanical repairs of a post's text."""

from __future__ import annotations

import re

from commentary.reading.front_matter import quote_titles

_HEADER = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<keys>.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)


def quote_values(text: str) -> str:
    """Put quotes around titles, headlines and summaries that YAML would not read as typed.

    Everything else stays byte for byte, also what cannot be read.
    """
    header = _HEADER.match(text)
    if not header:
        return text
    keys = header["keys"]
    ends = ["\r" if line.endswith("\r") else "" for line in keys.split("\n")]
    lines, faults = quote_titles([line.removesuffix("\r") for line in keys.split("\n")])
    if faults:
        return text
    quoted = "\n".join(line + end for line, end in zip(lines, ends, strict=True))
    return text[: header.start("keys")] + quoted + text[header.end("keys") :]
