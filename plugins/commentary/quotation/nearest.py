"""The passage that an altered excerpt was taken from, and what differs, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from rapidfuzz import fuzz

from commentary.quotation.fold import fold
from commentary.quotation.segments import MAX_REPLACED
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from commentary.model import Run
    from commentary.quotation.fold import FoldedText
    from commentary.quotation.page_text import PageText

# Of 100. On real pages, passages of eight words and more from elsewhere reach at most 61, 95 in 100 of them 53; with
# a quarter of the words changed 19 in 20 reach 69.
MIN_SCORE = 62
MIN_SCORE_OF_FEW, FEW = 75, 4  # fewer words than that are like many a passage
MIN_KEPT = 1 / 3  # of an excerpt's characters: a passage that shares fewer words with it is another
SLACK = 16  # characters at either end, a word or two: an alignment may cut the first or last
MAX_ALIGNED = 1_000  # characters; a longer excerpt is sought by its beginning and its end, or it would take minutes
# What an alignment costs at worst grows with the square of the excerpt's length: this much, in characters, is a second.
MAX_WORK = 10**11
MOST_LIKELY, GRAM = 8, 4  # stretches of a longer text; characters of the pieces by which they are chosen
# A word with an interpolation in it, a word, a character of a script without spaces, or a mark; with the space after it.
_HAN = "\u3040-\u30ff\u3400-\u9fff"
_TOKEN = re.compile(rf"(?:\w*\[[^\]]*\]\w*|[{_HAN}]|[^\W{_HAN}]+(?:['’.,-][^\W{_HAN}]+)*|[^\w\s])\s*")
_POINTS = ".,;:!?…。、！？"

_Code = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]
Operation = Literal["equal", "insert", "delete"]


class Change(NamedTuple):
    """Words in both texts (`equal`), in the source alone (`insert`) or in the excerpt alone (`delete`)."""

    operation: Operation
    text: str


class Nearest(NamedTuple):
    """The nearest passage of a source."""

    score: float  # of 100: how much of the excerpt it is, character for character
    changes: tuple[Change, ...]  # from the excerpt to the source; elisions and good interpolations are equal

    @property
    def text(self) -> str:
        """The excerpt put right: the source's words, the editor's marks kept."""
        return "".join(change.text for change in self.changes if change.operation != "delete").strip()


def nearest(stretches: list[list[Run]], page: PageText) -> Nearest | None:
    """The passage of a page nearest to an excerpt, or None if none is near. Embedded data is a last resort."""
    return _nearest(stretches, page.folded) or _nearest(stretches, page.folded_embedded)


def _nearest(stretches: list[list[Run]], source: FoldedText) -> Nearest | None:
    changes: list[Change] = []
    scores = [0.0]
    for elided, chunk in _chunks(stretches):
        if elided:
            changes += (Change("equal", f"{run.text} ") for run in chunk)
            continue
        text = _spaced("".join(run.text for run in chunk))
        passage, score = _passage("".join(run.text for run in chunk if run.kind == "quoted"), source)
        scores.append(score)
        told = [*_diff(text, passage)] if passage else []
        changes += told if _kept(told) >= MIN_KEPT * len(text) else [Change("delete", text)]
    return Nearest(max(scores), tuple(_joined(changes))) if max(scores) >= MIN_SCORE else None


def _chunks(stretches: list[list[Run]]) -> Iterator[tuple[bool, list[Run]]]:
    for stretch in stretches:
        for elided, group in groupby(stretch, key=lambda run: run.kind == "elision"):
            yield elided, list(group)


def _passage(quoted: str, source: FoldedText) -> tuple[str, float]:
    """The stretch of the original that is most like the words quoted, and how like; empty if nothing is."""
    needle = fold(quoted).text.strip()
    size = min(len(needle), MAX_ALIGNED, len(source.text))
    passages = []
    for offset in {0, len(needle) - size} if size else ():
        window = needle[offset : offset + size]
        for start, end in _likely(window, source.text):
            if found := fuzz.partial_ratio_alignment(window, source.text[start:end], score_cutoff=MIN_SCORE):
                passages.append((found.score, start + found.dest_start - offset))
    if not passages or (max(passages)[0] < MIN_SCORE_OF_FEW and measure(quoted).weight < FEW):
        return "", 0.0
    score, begin = max(passages)
    # Where words were dropped from the excerpt, the passage is longer.
    slack = round(len(needle) * (1 - score / 100)) + SLACK
    start = source.text.rfind(" ", 0, max(0, begin - slack) + 1) + 1
    end = source.text.find(" ", min(begin + len(needle) + slack, len(source.text)))
    return source.original[slice(*source.span(start, end if end > start else len(source.text)))], score


def _likely(window: str, text: str) -> list[tuple[int, int]]:
    """The stretches of a text to align a window with: all of it, or those that share most with it if that took long."""
    if len(window) ** 2 * len(text) <= MAX_WORK:
        return [(0, len(text))]
    wanted, step = _grams(window), len(window)
    # Whatever is as long as the window lies in one of these; in a text that says one thing over and over, any will do.
    blocks = [(start, start + 2 * step) for start in range(0, len(text), step)]
    return nlargest(MOST_LIKELY, blocks, key=lambda block: len(wanted & _grams(text[slice(*block)])))


def _grams(text: str) -> set[str]:
    return {text[at : at + GRAM] for at in range(len(text) - GRAM + 1)}


def _diff(excerpt: str, passage: str) -> Iterator[Change]:
    old, new = _TOKEN.findall(excerpt), _TOKEN.findall(_spaced(passage))
    matcher = SequenceMatcher(None, [*map(_key, old)], [*map(_key, new)], autojunk=False)
    for operation, i, j, k, m in _without_slack(matcher.get_opcodes(), old, new):
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if operation == "equal" and j < len(old):
            # Spaced as the source is, or words put in or taken out here would stick to it.
            yield Change("equal", gone.rstrip() + come[len(come.rstrip()) :])
            continue
        if operation == "equal" or (j - i == 1 and _stands(gone, come)):
            yield Change("equal", gone)
            continue
        if gone:
            yield Change("delete", gone)
        if come:
            yield Change("insert", come)


def _without_slack(codes: list[_Code], old: list[str], new: list[str]) -> list[_Code]:
    """The passage reaches further than the excerpt: of its ends no more is told than the excerpt has there."""
    operation, i, j, k, m = codes[-1]
    if operation != "equal":
        codes[-1] = operation, i, j, k, k + _as_many(old[i:j], new[k:m])
    operation, i, j, k, m = codes[0]
    if operation != "equal":
        codes[0] = operation, i, j, m - _as_many(old[i:j][::-1], new[k:m][::-1]), m
    return codes


def _as_many(old: list[str], new: list[str]) -> int:
    """How many of the new tokens there are up to the last of as many words as the old ones hold, and a point after it."""
    words = sum(map(_is_word, old))
    ends = [number for number, token in enumerate(new, start=1) if _is_word(token)][:words]
    end = ends[-1] if ends else 0
    has_point = bool(old) and not _is_word(old[-1]) and end < len(new) and new[end][0] in _POINTS
    return end + has_point


def _is_word(token: str) -> bool:
    return token[0] == "[" or token[0].isalnum()


def _kept(changes: Iterable[Change]) -> int:
    return sum(len(change.text) for change in changes if change.operation == "equal")


def _stands(word: str, replaced: str) -> bool:
    """Whether a word with an interpolation in it is a fair rendering of the source's: `[T]he`, `want[ed]`."""
    head, bracket, rest = _key(word).partition("[")
    source = _key(replaced)
    fair = source.startswith(head) and source.endswith(rest.rpartition("]")[2])
    return bool(bracket) and fair and measure(source).weight <= MAX_REPLACED


def _key(token: str) -> str:
    return fold(token).text.strip()


def _spaced(text: str) -> str:
    return f"{text.strip()} " if text.strip() else ""


def _joined(changes: list[Change]) -> Iterator[Change]:
    for operation, group in groupby(changes, key=lambda change: change.operation):
        yield Change(operation, "".join(change.text for change in group))
