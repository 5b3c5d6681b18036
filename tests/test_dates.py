from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.dates import PartialDate, parse_moment

SEOUL, BERLIN = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("~2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
    ],
)
def test_a_partial_date_covers_all_the_days_it_can_mean(written, first, last):
    parsed = PartialDate.parse(written)

    assert (parsed.first, parsed.last) == (first, last)


@given(st.dates(date(1000, 1, 1)), st.booleans())
def test_a_partial_date_is_written_as_it_was_read(day, about):
    written = f"{'~' * about}{day.isoformat()}"

    assert str(PartialDate.parse(written)) == written
    assert PartialDate.parse(written).iso == day.isoformat()


@pytest.mark.parametrize(
    "written", ["2025-02-31", "2025-13", "25", "yesterday", "0000", "2025-4-1", "", "2025-04-28T10:00"]
)
def test_what_is_no_date_is_refused_with_its_text(written):
    with pytest.raises(ValueError, match=written or "''"):
        PartialDate.parse(written)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-04-30", datetime(2025, 4, 30, 3, tzinfo=UTC)),
        ("2025-04-30 09:00", datetime(2025, 4, 30, tzinfo=UTC)),
        ("2025-04-30T09:00:30", datetime(2025, 4, 30, 0, 0, 30, tzinfo=UTC)),
        ("2025-04-30 09:00+00:00", datetime(2025, 4, 30, 9, tzinfo=UTC)),
        ("2025-04-30 09:00Z", datetime(2025, 4, 30, 9, tzinfo=UTC)),
        ("2025-04-30 20:00 -0500", datetime(2025, 5, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_is_in_the_sites_zone_and_a_day_alone_is_midday(written, moment):
    parsed = parse_moment(written, SEOUL)

    assert parsed == moment
    assert parsed.tzinfo is SEOUL


def test_a_time_that_a_clock_change_skips_is_refused_and_its_neighbours_are_not():
    with pytest.raises(ValueError, match="clock change skips it"):
        parse_moment("2025-03-30 02:30", BERLIN)
    assert parse_moment("2025-03-30 01:59", BERLIN) < parse_moment("2025-03-30 03:00", BERLIN)


@pytest.mark.parametrize(
    "written", ["2025-02-31", "2025-04-30 25:00", "0000-01-01", "1714435200", "now", "2025-04-30 09:00+99:00"]
)
def test_what_is_no_moment_is_refused(written):
    with pytest.raises(ValueError, match=r"correct it|write 2025-04-30"):
        parse_moment(written, SEOUL)


@pytest.mark.parametrize(
    ("zone", "written", "later"),
    [("America/New_York", "2025-11-02 01:30", "-05:00"), ("Asia/Seoul", "1988-10-09 02:30", "+09:00")],
)
def test_a_time_that_a_clock_change_repeats_is_the_earlier_one_unless_its_offset_says_so(zone, written, later):
    first, second = (parse_moment(text, ZoneInfo(zone)) for text in (written, f"{written} {later}"))

    assert second.timestamp() - first.timestamp() == 3600
    assert f"{first:%H:%M}" == f"{second:%H:%M}"


@pytest.mark.parametrize("written", ["1900-05-05 05:05", "1900-05-05 05:05 +00:00", "0999-05-05"])
def test_a_time_before_the_time_zone_is_refused_and_one_since_is_not(written):
    """It would stand in feeds with an offset of hours, minutes and seconds, which they do not have."""
    assert parse_moment("1912-05-05 05:05", SEOUL)
    with pytest.raises(ValueError, match="older than the time zone Asia/Seoul"):
        parse_moment(written, SEOUL)


@pytest.mark.parametrize(
    ("zone", "written"), [("America/New_York", "9999-12-31 23:59"), ("Asia/Seoul", "0001-01-01 00:00")]
)
def test_a_time_that_is_beyond_the_calendar_elsewhere_is_refused(zone, written):
    with pytest.raises(ValueError, match="is no day or time of the calendar"):
        parse_moment(written, ZoneInfo(zone))
