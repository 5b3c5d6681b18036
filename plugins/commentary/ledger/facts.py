"""The facts that a ledger holds: copies kept, archived versions, states of links, verdicts."""

from __future__ import annotations

import hashlib
import json
from datetime import MAXYEAR, UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter

from commentary.values import Frozen, Url

if TYPE_CHECKING:
    from commentary.model import Excerpt


class LinkState(StrEnum):
    """What became of an address. Dead and soft-404 are recorded only after failures on three days."""

    LIVE = "live"
    MOVED = "moved"  # for good, to `Link.target`
    DEAD = "dead"
    SOFT_404 = "soft-404"  # something answers, but it is not the page
    REFUSED = "refused"  # to programs; a reader may well get through
    DRIFTED = "drifted"  # the page answers, but the quoted words are gone

    @property
    def is_gone(self) -> bool:
        """Whether readers had better be led to an archived copy."""
        return self in (LinkState.DEAD, LinkState.SOFT_404)


WEB = 1990  # the year of the first page


def _in_whole_seconds(moment: datetime) -> datetime:
    if not WEB <= moment.year < MAXYEAR:
        raise ValueError("is no time at which there was a page to see")
    return moment.astimezone(UTC).replace(microsecond=0)


_Moment = Annotated[AwareDatetime, AfterValidator(_in_whole_seconds)]
_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]  # SHA-256
_Count = Annotated[int, Field(ge=0)]


class _Fact(Frozen):
    # The source's, byte for byte as the post has it, where it was checked.
    url: Annotated[str, Field(pattern=r"^https?://")]
    at: _Moment


class Retrieval(_Fact):
    """A copy of the page that we hold, outside the site."""

    fact: Literal["retrieved"] = "retrieved"
    how: Literal["fetched", "supplied"]  # by us, or as a file by the author
    sha256: _Digest
    words: _Count  # of its paragraphs; characters where the script sets no spaces


class Memento(_Fact):
    """An archived version at a web archive (RFC 7089); `at` is when it was archived."""

    fact: Literal["memento"] = "memento"
    uri: Url


class Link(_Fact):
    """The state of the address; `at` is when it was first seen in it."""

    fact: Literal["link"] = "link"
    state: Annotated[LinkState, Field(strict=False)]
    target: Url | None = None  # of a page that moved


class Segment(Frozen):
    """A stretch of quoted words as the source has it, with what stands around it (W3C TextQuoteSelector)."""

    exact: str
    prefix: str = ""
    suffix: str = ""


class Judgement(_Fact):
    """The outcome of verifying one excerpt against one copy."""

    fact: Literal["verdict"] = "verdict"
    excerpt: _Digest
    snapshot: _Digest
    matcher: _Count  # its version
    verdict: Literal["verbatim", "spacing", "altered", "missing", "translated"]
    share: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None  # of the source; None: it has no words
    embedded: bool = False  # the words stand only in data that no reader sees
    fragment: Annotated[str, Field(pattern=r"^text=[A-Za-z0-9%.,_~*!'()&=-]+$")] | None = None
    segments: tuple[Segment, ...] = ()
    omitted: tuple[str, ...] = ()  # what elisions and interpolations stand for; long ones are cut in the middle
    warnings: tuple[str, ...] = ()


Fact = Annotated[Retrieval | Memento | Link | Judgement, Field(discriminator="fact")]
FACT: TypeAdapter[Retrieval | Memento | Link | Judgement] = TypeAdapter(Fact)


def excerpt_hash(excerpt: Excerpt) -> str:
    """A hash of every word and mark of an excerpt as a reader sees it, its captions and its original included."""
    shown = [
        [["caption"] * p.caption + [(run.kind, run.text) for run in p.runs] for p in paragraphs]
        for paragraphs in (excerpt.paragraphs, excerpt.original)
    ]
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
