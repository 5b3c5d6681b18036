"""
Text fragments: `#:~:text=…`, by which a link opens a page at the quoted words (WICG, Scroll to Text Fragment).

What Chromium does with them was tried out, see `tests/browser/test_fragments.py`. It disregards case, accents, the
shape of quotation marks and the kind of space. It misses a term that crosses a block, a line break or two spaces, ends
within a word (in Japanese and Chinese: a word of its dictionary) or has a hyphen for a dash, and a prefix or suffix that
does not touch its term.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import accumulate, groupby, pairwise, product
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from commentary.quotation.fold import IGNORED, Span
from commentary.quotation.page_text import PageText
from commentary.quotation.segments import runs_of
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commentary.model import Paragraph

MAX_EXACT = 100  # characters; a longer passage is given by its first and last words, which survive small edits
MIN_UNPROVEN = 10  # words, or twenty CJK characters: as good as unique on any page
_ENOUGH = re.compile(rf"(?:[^A-Za-z]*+[A-Za-z]\S*+(?:\s|\Z)){{{MIN_UNPROVEN}}}").match  # as mostly, and quick to tell
_FEW = 10  # characters

_SIZES = (3, 5, 8, 13)  # words at either end
_CONTEXTS = ((3, 0), (0, 3), (3, 3), (8, 0), (0, 8), (8, 8), (20, 20))  # words before and after
_MARKS = "\u0300-\u036f\u3099\u309a"  # of Latin and kana
# Where the other marks are: vowel signs of India, points of Hebrew and Arabic, selectors of an emoji's looks …
_MARKED = re.compile(
    "[\u0483-\u10ff\u135d-\u1dff\u20d0-\u20ff\u2cef-\u2dff\u302a-\u302f\ua66f-\uabff\ufb1e\ufe00-\ufe2f\U00010000-\U000fffff]"
).search
_MARKS_BEFORE = re.compile(r"[^\w\s]*\Z")
_MARKS_AFTER = re.compile(r"[^\w\s]*")
_IGNORED = re.compile(f"[{IGNORED}]")
_WORD = re.compile(r"\w+")
_UNSAFE = re.compile(r"[^A-Za-z0-9_.~]+")


class _Term(NamedTuple):
    """Neighbouring atoms, both included."""

    first: int
    last: int


class _Patterns(NamedTuple):
    atom: re.Pattern[str]  # what lies between two places where a word certainly ends; in Japanese a whole clause
    mark: re.Pattern[str]  # what belongs to the letter before it


class _Directive(NamedTuple):
    start: _Term
    end: _Term | None  # None: `start` is all of it
    prefix: _Term | None
    suffix: _Term | None


def with_fragment(url: str, directives: str) -> str:
    """An address that opens at the words of `fragment`; where these are unknown it just opens."""
    return f"{url}{'' if '#' in url else '#'}:~:{directives}"


def fragment(page: PageText, passages: Iterable[Span]) -> str | None:
    """The text directives (`text=…&text=…`) for passages of `page.text`, each proven to match there and nowhere else.

    A passage is widened to whole words. One that cannot be told from another is left out; None if all are.
    """
    return _written(_Index(page), passages)


def unproven_fragment(paragraphs: Iterable[Paragraph]) -> str | None:
    """The directives for an excerpt without a copy of its source: of stretches so long that they are hardly twice there."""
    runs = runs_of(paragraphs)
    blocks = []
    for before, run, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
        words = run.text.split()
        if before and before.kind == "interpolation" and run.text[:1].isalnum():
            del words[:1]  # `[T]he`: not a whole word
        if after and after.kind == "interpolation" and run.text[-1:].isalnum():
            del words[-1:]
        if run.kind == "quoted" and _is_enough(block := " ".join(words)):
            blocks.append(block)
    ends = [sum(len(block) + 1 for block in blocks[: at + 1]) - 1 for at in range(len(blocks))]
    spans = [Span(end - len(block), end) for block, end in zip(blocks, ends, strict=True)]
    return _written(_Index(PageText(tuple(blocks)), least=5), spans)


def _written(index: _Index, passages: Iterable[Span]) -> str | None:
    return "&".join(directive for passage in passages if (directive := index.directive(passage))) or None


@dataclass(frozen=True)
class _Index:
    """A page's text cut into atoms, and the same in a form at least as coarse as the one in which browsers compare."""

    page: PageText
    least: int = 0  # words at either end

    def directive(self, passage: Span) -> str | None:
        """The shortest directive that matches a passage alone, written out; None if there is none."""
        first = bisect_right(self._ends, passage.start)
        last = bisect_left(self._starts, passage.end) - 1
        candidates = self._candidates(_Term(first, last)) if first <= last else ()
        return next((written for each in candidates if self._is_unique(each) and (written := self._write(each))), None)

    def _candidates(self, whole: _Term) -> Iterator[_Directive]:
        shapes = []
        for shape in self._shapes(whole):  # mostly the first will do, so no more are made than are asked for
            shapes.append(shape)
            yield _Directive(*shape, None, None)
        for (before, after), (start, end) in product(_CONTEXTS, shapes):
            prefix = self._backward(whole.first - 1, before) if before and whole.first else None
            suffix = self._forward(whole.last + 1, after) if after and whole.last + 1 < len(self._ends) else None
            yield _Directive(start, end, prefix, suffix)

    def _shapes(self, whole: _Term) -> Iterator[tuple[_Term, _Term | None]]:
        start, end = self._starts[whole.first], self._ends[whole.last]
        crosses = self._crosses(start, end)
        if crosses or end - start > MAX_EXACT:
            for size in (size for size in _SIZES if size >= self.least):
                opening, closing = self._forward(whole.first, size), self._backward(whole.last, size)
                if opening.last < closing.first:
                    yield opening, closing
        if not crosses:
            yield whole, None

    def _forward(self, first: int, size: int) -> _Term:
        return _Term(first, self._reach(first, size, 1))

    def _backward(self, last: int, size: int) -> _Term:
        return _Term(self._reach(last, size, -1), last)

    def _reach(self, at: int, size: int, step: int) -> int:
        """The atom up to which there are so many words, in the same block."""
        text, starts, ends = self.page.text, self._starts, self._ends
        weight = _weight(text[starts[at] : ends[at]])
        while weight < size and 0 <= at + step < len(ends):
            first, last = (at, at + step) if step > 0 else (at + step, at)
            if self._crosses(starts[first], ends[last]):
                return at
            at += step
            weight += _weight(text[starts[at] : ends[at]])
        return at

    def _is_unique(self, directive: _Directive) -> bool:
        start, end, prefix, suffix = directive
        first = prefix.first if prefix else start.first
        last = suffix.last if suffix else (end or start).last
        if end is None:
            return self._only_place(self._normal_of(_Term(first, last))) is not None
        wanted = self._normal_of(_Term(first, start.last))
        place = self._only_place(wanted)
        if place is None:
            return False
        after = place + len(wanted)
        wanted = self._normal_of(_Term(end.first, last))
        whole = place + len(self._normal_of(_Term(first, last)))
        return self._normal.find(wanted, after) == whole - len(wanted)

    def _only_place(self, wanted: str) -> int | None:
        """Where the normal text of a term stands in the whole, if it does once."""
        place = self._normal.find(wanted)
        return None if self._normal.find(wanted, place + 1) >= 0 else place

    def _write(self, directive: _Directive) -> str | None:
        start, end, prefix, suffix = directive
        text, last = self.page.text, (end or start).last
        # Beside a prefix or suffix, marks such as quotation marks go with the term: nothing may stand between the two.
        left = self._starts[start.first] - (len(self._marks_before(start.first)) if prefix else 0)
        right = self._ends[last] + (len(self._marks_after(last)) if suffix else 0)
        terms = [(left, self._ends[start.last]), (self._starts[end.first], right)] if end else [(left, right)]
        written = ",".join(_encoded(text[slice(*term)]) for term in terms)
        if prefix:
            before = text[self._starts[prefix.first] : left].rstrip()
            terms.append((self._starts[prefix.first], self._starts[prefix.first] + len(before)))
            written = f"{_encoded(before)}-,{written}"
        if suffix:
            after = text[right : self._ends[suffix.last]].lstrip()
            terms.append((self._ends[suffix.last] - len(after), self._ends[suffix.last]))
            written = f"{written},-{_encoded(after)}"
        return None if any(self._crosses(*term) for term in terms) else f"text={written}"

    def _crosses(self, start: int, end: int) -> bool:
        """Whether a stretch of the text has a break within."""
        at = bisect_right(self._breaks, start)
        return at < len(self._breaks) and self._breaks[at] < end

    @cached_property
    def _breaks(self) -> list[int]:
        between = accumulate(map(len, self.page.blocks[:-1]), lambda end, length: end + 1 + length)
        return sorted((*between, *self.page.breaks))

    def _marks_before(self, at: int) -> str:
        start = self._ends[at - 1] if at else 0
        match = _MARKS_BEFORE.search(self.page.text[start : self._starts[at]])
        return match[0] if match else ""

    def _marks_after(self, at: int) -> str:
        match = _MARKS_AFTER.match(self.page.text, self._ends[at])
        return match[0] if match else ""

    def _normal_of(self, term: _Term) -> str:
        text, start, end = self.page.text, self._starts[term.first], self._ends[term.last]
        # But marks around it: the term is the whole text.
        if start + len(text) - end < _FEW and not self._normalised(text[:start] + text[end:]):
            return self._normal
        return self._normalised(text[start:end])

    @cached_property
    def _atoms(self) -> list[tuple[int, int]]:
        text, find = self.page.text, self._patterns.atom.finditer
        lines = pairwise((0, *self.page.breaks, len(text))) if self.page.breaks else ((0, len(text)),)
        return [match.span() for start, end in lines for match in find(text, start, end)]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._atoms]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self._atoms]

    @cached_property
    def _normal(self) -> str:
        return self._normalised(self.page.text)

    def _normalised(self, text: str) -> str:
        """A text without case, accents and marks, a space between words."""
        bare = text if text.isascii() else self._patterns.mark.sub("", unicodedata.normalize("NFKD", text))
        return " ".join(_WORD.findall(bare.casefold()))

    @cached_property
    def _patterns(self) -> _Patterns:
        # Nearly all texts do with few marks; looking for all of them would take longer.
        return _patterns(_all_marks() if _MARKED(self.page.text) else _MARKS)


@cache
def _patterns(marks: str) -> _Patterns:
    letters = rf"[\w{marks}{IGNORED}]+"
    return _Patterns(re.compile(rf"(?=\w){letters}(?:['’.,:·‐‑-]{letters})*"), re.compile(f"[{marks}{IGNORED}]"))


@cache
def _all_marks() -> str:
    """All that Unicode calls marks (category M), as it stands in a class of a regular expression."""
    marks = (at for at in (*range(0x20000), *range(0xE0100, 0xE01F0)) if unicodedata.category(chr(at))[0] == "M")
    # What follows without a gap has the same distance from its number in the row.
    runs = ([at for _, at in run] for _, run in groupby(enumerate(marks), lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


@lru_cache(1 << 14)  # the words of a language come again and again
def _weight(atom: str) -> float:
    return measure(atom).weight


def _is_enough(text: str) -> bool:
    return bool(_ENOUGH(text)) or measure(text).weight >= MIN_UNPROVEN


def _encoded(term: str) -> str:
    return _UNSAFE.sub(lambda match: _quoted(match[0]), " ".join(_IGNORED.sub("", term).split()))


@lru_cache(1 << 12)  # mostly a space
def _quoted(characters: str) -> str:
    # A bare hyphen would mark a prefix or suffix, and a comma would end the term.
    return quote(characters, safe="").replace("-", "%2D")
