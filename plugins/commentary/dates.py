"""Dates as authors write them: exact moments of ours, and partial dates of sources."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MIDDAY = time(12)  # a post without a time: midday reads as the same day in most of the world

_FIRST_YEAR = 1000
_MINUTE = timedelta(minutes=1)

_PARTIAL = re.compile(r"(?P<about>~\s*)?(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?")
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[ T](?P<time>\d{2}:\d{2}(?::\d{2})?)\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?)?"
)


class PartialDate(NamedTuple):
    """A source's date as far as it is known: `2025`, `2025-04`, `2025-04-28`, `~2025-04-28`.

    As in EDTF (ISO 8601-2), a part that is not known is left out; `~` here stands before the date.
    """

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form; ValueError says what is wrong with it."""
        match = _PARTIAL.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a date; write 2025, 2025-04, 2025-04-28 or ~2025-04-28")
        year, month, day = (int(n) if n else None for n in match.group("year", "month", "day"))
        assert year is not None  # the pattern requires it
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            raise ValueError(f"{text!r} is no day of the calendar; correct it") from None
        return cls(year, month, day, bool(match["about"]))

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def iso(self) -> str:
        """Its value for `<time datetime>`: the known parts, without the `~`."""
        parts = [f"{self.year:04}", *(f"{n:02}" for n in (self.month, self.day) if n is not None)]
        return "-".join(parts)

    def __str__(self) -> str:
        return f"~{self.iso}" if self.about else self.iso


def parse_moment(text: str, zone: ZoneInfo) -> datetime:
    """Read `2025-04-30`, `2025-04-30 09:00` or the same with an offset, as a moment in `zone`.

    A date alone is midday. ValueError for a day that does not exist, for a time that a
    clock change skips in `zone`, and for one before clocks there went by the hour and minute:
    feeds have no such offset (RFC 3339), and addresses have years of four digits.
    """
    match = _MOMENT.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is not a date; write 2025-04-30 or 2025-04-30 09:00")
    try:
        day = date.fromisoformat(match["day"])
        clock = time.fromisoformat(match["time"]) if match["time"] else MIDDAY
        if match["offset"]:
            moment = datetime.fromisoformat(f"{day}T{clock}{match['offset'].replace('Z', '+00:00')}").astimezone(zone)
        else:
            moment = datetime.combine(day, clock, zone)
        told = moment.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no day or time of the calendar; correct it") from None
    if moment.year < _FIRST_YEAR or (moment.utcoffset() or _MINUTE) % _MINUTE:
        raise ValueError(f"{text!r} is older than the time zone {zone.key}; correct it")
    if told.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise ValueError(
            f"{text!r} does not exist in {zone.key}: a clock change skips it; add an offset or another time"
        )
    return moment
