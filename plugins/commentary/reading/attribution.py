"""
The attribution line of an excerpt: which of the post's sources it quotes.

`> — stripes` or `> -- stripes`, last in its block quote. With several sources such a line is always the attribution.
With one, a passage may end in a line of dialogue that begins with a dash; it is taken for an attribution if it names
the source, or if it is at most 60 characters long and no sentence (no full stop, quotation mark or the like at
its end). `\\—` keeps a dash as the source's own whatever follows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from commentary.findings import nearest
from commentary.syntax.excerpt import Stray, without_blank_end
from commentary.urls import host_of, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commentary.model import Source
    from commentary.syntax.excerpt import Line

_ATTRIBUTION = re.compile(r"\s{0,3}(?:—|--(?!-))[ \t]*(\S(?:.*\S)?)?\s*")
_MOST = 60
_SENTENCE_END = ".!?…,;:。！？”’»›\"'」』)]"
_OWN_DASH = "write \\— if the dash is the source's own"


class Attribution(NamedTuple):
    """The source that an excerpt names, by key; the lines without the one that names it; what is wrong, if anything."""

    lines: Sequence[Line]
    key: str | None = None
    line: int | None = None  # of the attribution itself; None: there is none
    fault: Stray | None = None


def take_attribution(lines: Sequence[Line], sources: Sequence[Source]) -> Attribution:
    """Take the attribution off the end of a block quote. That it is missing is not found here."""
    lines = without_blank_end(lines)
    name = _name_in(lines[-1].text) if lines else None
    if name is None:
        return Attribution(lines)
    number, rest = lines[-1].number, lines[:-1]
    if len(sources) == 1 and _fold(name) in _names_of(sources[0]):
        return Attribution(rest, sources[0].key, number)
    if len(sources) > 1:
        keys = {_fold(source.key): source.key for source in sources if source.key}
        if _fold(name) in keys:
            return Attribution(rest, keys[_fold(name)], number)
        return Attribution(rest, None, number, Stray(number, _no_key(name, sources)))
    if len(name) > _MOST or name[-1] in _SENTENCE_END:
        return Attribution(lines)
    return Attribution(rest, None, number, Stray(number, _not_the_source(name, sources)))


def missing_attribution(line: int, sources: Sequence[Source]) -> Stray:
    """What to say of an excerpt that should name one of several sources and does not."""
    return Stray(line, f"the excerpt names none of the post's {len(sources)} sources; end it in {_choices(sources)}")


def _name_in(text: str) -> str | None:
    found = _ATTRIBUTION.fullmatch(text)
    return found[1] if found else None


def _no_key(name: str, sources: Sequence[Source]) -> str:
    keys = [source.key for source in sources if source.key]
    way_out = nearest(name, keys) or f"; write {_choices(sources)}"
    return f"{shorten(name)!r} is no key of the post's sources{way_out}"


def _not_the_source(name: str, sources: Sequence[Source]) -> str:
    if not sources:
        return f"{shorten(name)!r} is named, but the post's source is unknown; name it under source, or {_OWN_DASH}"
    names = list(_names_of(sources[0]).values())
    way_out = nearest(name, names) or (f"; write — {names[0]}" if names else "")
    return f"{shorten(name)!r} is not the post's source{way_out or '; leave the line out'}, or {_OWN_DASH}"


def _choices(sources: Sequence[Source]) -> str:
    return " or ".join(f"> — {source.key}" for source in sources if source.key)


def _names_of(source: Source) -> dict[str, str]:
    """All that a single source may be called by, folded -> as written."""
    host = host_of(source.url) if source.url else None
    names = (source.key, source.publication, source.agency, source.headline, host)
    return {_fold(name): name for name in names if name}


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
