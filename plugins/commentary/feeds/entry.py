"""What a feed is made from, whatever its format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from commentary.views import PostView

# Characters that XML 1.0 (2.2) has no way to write, not even as references.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A post in a feed: its id for ever, and its content as HTML that reads right without CSS."""

    id: str
    post: PostView
    html: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries, newest first; every address absolute."""

    id: str
    title: str
    subtitle: str | None
    url: str  # its own
    home: str  # of the page it is the feed of
    icon: str | None
    lang: str
    author: str
    email: str | None
    rights: str | None
    updated: datetime
    entries: tuple[Entry, ...]


def writable(text: str) -> str:
    """The text less what XML cannot hold."""
    return _UNWRITABLE.sub("", text)
