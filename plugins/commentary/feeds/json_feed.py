"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING

from commentary.feeds.entry import uri, writable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commentary.feeds.entry import Entry, Feed

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """The feed as a JSON Feed document, UTF-8. Its `next_url` leads to older entries."""
    document = {
        "version": VERSION,
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": uri(feed.home),
        "feed_url": uri(feed.url),
        "next_url": uri(feed.older) if feed.older else None,
        "icon": uri(feed.icon),
        "language": feed.lang,
        "authors": [_known({"name": feed.author})],
        "items": [_item(entry) for entry in feed.entries],
    }
    return f"{_indented(_known(document))}\n".encode()


def _item(entry: Entry) -> dict[str, object]:
    return _known(
        {
            "id": entry.id,
            "url": uri(entry.url),
            "external_url": uri(entry.source) if entry.source else None,
            "title": entry.title,
            "summary": entry.summary,
            "content_html": entry.html,
            "date_published": entry.published.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": [_known({"name": entry.author})],
            "tags": [writable(topic.name) for topic in entry.topics] or None,
            "language": entry.lang,
        }
    )


def _known(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields that have a value: the format knows no null."""
    return {name: writable(v) if isinstance(v, str) else v for name, v in fields.items() if v is not None}


def _indented(value: object, start: str = "\n") -> str:
    """What `json.dumps` gives of texts, lists and objects with `indent=1`; it would do so without its C part."""
    if isinstance(value, str):
        return quoted(value)
    within = f"{start} "
    if isinstance(value, dict):
        fields = [f"{quoted(name)}: {_indented(field, within)}" for name, field in value.items()]
        return f"{{{within}{f',{within}'.join(fields)}{start}}}"
    if not isinstance(value, list):
        raise TypeError(f"{type(value).__name__} is in no feed")
    items = [_indented(item, within) for item in value]
    return f"[{within}{f',{within}'.join(items)}{start}]" if items else "[]"
