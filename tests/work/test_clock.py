"""The moment that a run takes for now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from commentary.errors import CommentaryError
from commentary.work.clock import moment
from tests.factories import ZONE


def test_what_is_written_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")

    assert moment("2025-04-30 09:00", ZONE) == datetime(2025, 4, 30, 9, tzinfo=ZONE)


def test_the_epoch_comes_before_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1746057600")

    assert moment(None, ZONE).isoformat() == "2025-05-01T09:00:00+09:00"


def test_else_the_clock_in_the_sites_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    now = moment(None, ZONE)

    assert now.tzinfo is ZONE
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("epoch", ["yesterday", "1e9", "9" * 30])
def test_an_epoch_that_is_none_is_refused(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    with pytest.raises(CommentaryError, match=r"it must be whole seconds since 1970, such as 1746057600$"):
        moment(None, ZONE)
