"""The outcome of verifying an excerpt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commentary.quotation.fold import Span
    from commentary.quotation.nearest import Nearest

MATCHER_VERSION = 2  # raise it when the same excerpt and page may get another verdict: the old ones lapse


class Verdict(StrEnum):
    """How an excerpt stands to its source."""

    VERBATIM = "verbatim"
    SPACING = "spacing"  # verbatim but for white space
    ALTERED = "altered"
    MISSING = "missing"  # nothing in the source is near
    TRANSLATED = "translated"  # the original beside it was verified instead
    UNCHECKED = "unchecked"  # no copy, or excerpt, copy or matcher changed since

    @property
    def stands(self) -> bool:
        """Whether every quoted word stands in the source, in order."""
        return self in (Verdict.VERBATIM, Verdict.SPACING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A verdict, and where in the page's text it was found. Offsets are those of `PageText.text`.

    If `embedded`, the words stand only in the page's embedded data and offsets are those of `PageText.embedded_text`.
    """

    verdict: Verdict
    segments: tuple[Span, ...] = ()  # each stretch of quoted words; empty unless the verdict stands
    passages: tuple[Span, ...] = ()  # the same, joined where only an interpolation stands between
    omitted: tuple[Span, ...] = ()  # what elisions and interpolations left out
    embedded: bool = False
    warnings: tuple[str, ...] = ()  # what a careful editor would look at again, verbatim or not
    hint: str | None = None  # why it does not stand, if the diff does not say so
    nearest: Nearest | None = None  # the passage it was altered from
