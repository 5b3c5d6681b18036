"""What is wrong with an excerpt although every word of it stands in the source: it may say what the source does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from commentary.quotation.bounds import around, cut_turns, cuts_word
from commentary.quotation.segments import Gap
from commentary.urls import shorten
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.quotation.fold import FoldedText, Span
    from commentary.quotation.segments import Quotation

MIN_BESIDE_ELISION = 4  # words, or eight CJK characters
MAX_LEFT_OUT = 300  # words that one elision may stand for
MAX_ELISIONS = 3
MIN_WORDS_A_MARK = 10  # quoted words for each mark of the editor's, from the second mark on

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nor|neither|nothing|nobody|nowhere|cannot|without|hardly"
    r"|nicht|kein\w*|nie|niemals|ohne|pas|jamais|aucun\w*|sans|não|nunca|jamás|sin|sem|senza)\b"
    r"|n't\b|(?<!\w)[안못](?!\w)|않|없|아니|못하|말라|말아|ない|なかっ|なく|ません|ざる|[不没沒無无非未勿]",
    re.IGNORECASE,
)
# Of a word that means its contrary, or something else, without: `[un]lawful`. Latin, Cyrillic, Hangul.
_PREFIX = re.compile(
    r"(?:.+-)?(?:an?|ab|anti|contr[ae]|counter|des?|dés?|dis|ent|ex|half|i[lmnr]|mal|miss?|nicht|non|over|pseudo|quasi"
    r"|semi|sous|sub|sur|un|under|анти|бе[зс]|дез|контр|не|недо|противо|псевдо|экс|[불비무미부반탈몰역안못])-?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"-?(?:less|free|los|frei|s[ıiuü]z)(?:ly|ness|e[rsmn]?)?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*(?:\s|$)|[。！？]")
_ENDED = re.compile(r"[.!?。！？][\"')\]」』]*\s?\Z")


def too_short(quotation: Quotation) -> str | None:
    """Why an excerpt cannot stand: a scrap of words beside an elision could be put together from anywhere."""
    for index, segment in enumerate(quotation.segments):
        if quotation.beside_elision(index) and measure(segment.text).weight < MIN_BESIDE_ELISION:
            return f"“{segment.text}” stands beside an elision; quote at least four words (eight CJK characters) there"
    return None


def cautions(quotation: Quotation, spans: tuple[Span, ...], source: FoldedText) -> tuple[str, ...]:
    """A line for everything in a found excerpt that an editor should look at again.

    `spans` are the segments' places in `source.text`.
    """
    return (*_half_words(quotation, spans, source), *_scattered(quotation), *_gaps(quotation, spans, source))


def cut_to_another_sense(quotation: Quotation, spans: tuple[Span, ...], source: FoldedText) -> bool:
    """Whether an excerpt begins or ends within a word that means its contrary without the rest, or another number."""
    return any(cut_turns(source, at) for _, at in _bare_ends(quotation, spans)) or any(
        bool(_NEGATION.search(cut.word)) != bool(_NEGATION.search(cut.kept))
        or (_PREFIX if cut.at_start else _SUFFIX).fullmatch(cut.dropped)
        for cut in _cuts(quotation, spans, source)
    )


class _Cut(NamedTuple):
    """A word of the source of which an excerpt has only the end (`at_start`: of the excerpt) or the beginning."""

    dropped: str
    kept: str
    at_start: bool

    @property
    def word(self) -> str:
        return self.dropped + self.kept if self.at_start else self.kept + self.dropped


def _bare_ends(quotation: Quotation, spans: tuple[Span, ...]) -> Iterator[tuple[bool, int]]:
    """Where an excerpt begins and ends; not beside a mark, where the reader sees that a word may be cut."""
    if quotation.gaps[0] == Gap():
        yield True, spans[0].start
    if quotation.gaps[-1] == Gap():
        yield False, spans[-1].end


def _cuts(quotation: Quotation, spans: tuple[Span, ...], source: FoldedText) -> Iterator[_Cut]:
    for at_start, at in _bare_ends(quotation, spans):
        if cuts_word(source, at, glued=True):
            before, after = around(source.text, at)
            yield _Cut(before, after, at_start) if at_start else _Cut(after, before, at_start)


def _half_words(quotation: Quotation, spans: tuple[Span, ...], source: FoldedText) -> Iterator[str]:
    for cut in _cuts(quotation, spans, source):
        yield f"it {'begins' if cut.at_start else 'ends'} within “{cut.word}”; quote the whole word"


def _scattered(quotation: Quotation) -> Iterator[str]:
    inner = quotation.gaps[1:-1]
    elisions = sum(gap.elided for gap in inner)
    words = sum(measure(segment.text).weight for segment in quotation.segments)
    if elisions > MAX_ELISIONS:
        yield f"{elisions} elisions within it, over {MAX_ELISIONS}; quote longer passages, or several"
    elif len(inner) > 1 and words < MIN_WORDS_A_MARK * len(inner):
        yield f"{words:.0f} quoted words with {len(inner)} elisions and interpolations between; quote longer passages"


def _gaps(quotation: Quotation, spans: tuple[Span, ...], source: FoldedText) -> Iterator[str]:
    for index, gap in enumerate(quotation.gaps):
        inner = 0 < index < len(spans)
        left_out = source.text[spans[index - 1].end : spans[index].start].strip() if inner else ""
        if gap.elided:
            if (words := round(measure(left_out).weight)) > MAX_LEFT_OUT:
                yield f"{words} words left out in one elision, over {MAX_LEFT_OUT}; make it two excerpts"
            left_out = _of_quoted_sentences(left_out, source.text[: spans[index - 1].end] if inner else "")
        prefixed = index < len(spans) and quotation.segments[index].open_start and _PREFIX.fullmatch(gap.inserted)
        inserts = bool(prefixed or _NEGATION.search(gap.inserted))
        omits = bool(_NEGATION.search(left_out))
        if inserts and not omits:
            yield f"[{shorten(gap.inserted)}] negates what the source does not; say it in the remark instead"
        if omits and not inserts:
            yield f"“{shorten(left_out)}” is left out, which negates; quote it, or make sure that the sense stays"


def _of_quoted_sentences(left_out: str, before: str) -> str:
    """What of the words left out belongs to a sentence that is quoted in part."""
    ends = [match.end() for match in _SENTENCE_END.finditer(left_out)]
    if not ends:
        return left_out
    head = "" if _ENDED.search(before[-8:]) else left_out[: ends[0]]
    return f"{head} {left_out[ends[-1] :]}".strip()
