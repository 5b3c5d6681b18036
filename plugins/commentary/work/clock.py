"""The one moment a run takes for now: it decides which posts are still held, and dates a new one."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from commentary.dates import parse_moment
from commentary.errors import CommentaryError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def moment(written: str | None, zone: ZoneInfo) -> datetime:
    """What `--now` says, else SOURCE_DATE_EPOCH (reproducible-builds.org), else the clock; in `zone`.

    CommentaryError if the one that is taken is no moment.
    """
    if written:
        try:
            return parse_moment(written, zone)
        except ValueError as cause:
            raise CommentaryError(f"now: {cause}") from cause
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(zone)
        except (ValueError, OverflowError, OSError) as cause:
            raise CommentaryError(
                f"SOURCE_DATE_EPOCH is {epoch!r}; it must be whole seconds since 1970, such as 1746057600"
            ) from cause
    return datetime.now(zone)
