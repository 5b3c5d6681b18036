"""Whether a built site holds what all of the tools must make: counted from its files, whatever made them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from benchmarks.contenders import FEED_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.corpus import Item

_POST = re.compile(r"/\d{4}/\d\d/\d\d/[\w-]+/")
_LINK = re.compile(rf'href="(?:https://[^/"]+)?({_POST.pattern})"')
_CONTENT = ("{http://www.w3.org/2005/Atom}content", "description")
_LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def census(output: Path, items: list[Item]) -> Iterator[str]:
    """What the site lacks or has twice, a line each; nothing if it is as it must be."""
    posts = {item.address: item for item in items}
    of_topic = Counter(slug for item in items for slug in item.topics)
    missing = [address for address in posts if not (output / address[1:] / "index.html").is_file()]
    if missing:
        yield f"{len(missing)} posts have no page, such as {missing[0]}"
    stream = Counter(_listed(output, "page"))
    stream.update(_linked((output / "index.html").read_text("utf-8")))
    if stream != Counter(dict.fromkeys(posts, 1)):
        yield f"the stream lists {stream.total()} posts, {len(stream)} different ones, not {len(posts)}"
    for slug, count in of_topic.items():
        listed = Counter(_listed(output, f"topics/{slug}"))
        if listed.total() != count or len(listed) != count:
            yield f"topic {slug} lists {listed.total()} posts, {len(listed)} different ones, not {count}"
    newest = sorted(items, key=lambda item: item.posted, reverse=True)
    yield from _feeds(output, {"": newest, **{f"topics/{t}": [i for i in newest if t in i.topics] for t in of_topic}})
    if not (output / "sitemap.xml").is_file():
        yield "there is no sitemap.xml"
    else:
        locations = {
            (e.text or "").removeprefix("https://remarks.example")
            for e in ET.parse(output / "sitemap.xml").iter(_LOCATION)
        }
        wanted = {*posts, "/", *(f"/topics/{slug}/" for slug in of_topic)}
        if wanted - locations:
            yield f"the sitemap lacks {len(wanted - locations)} addresses, such as {min(wanted - locations)}"


def _listed(output: Path, folder: str) -> Iterator[str]:
    """Posts that the pages of a numbered list link to."""
    for file in (output / folder).rglob("index.html"):
        yield from _linked(file.read_text("utf-8"))


def _linked(html: str) -> list[str]:
    return list(dict.fromkeys(_LINK.findall(html)))


def _feeds(output: Path, feeds: dict[str, list[Item]]) -> Iterator[str]:
    """Each has the newest posts, with all of their excerpts; `feeds`: folder -> its posts, newest first."""
    total = expected = 0
    for folder, newest in feeds.items():
        file = next((f for name in ("feed.atom", "feed.xml") if (f := output / folder / name).is_file()), None)
        if not file:
            yield f"there is no feed in /{folder}"
            continue
        found = _entries(file)
        total, expected = total + len(found), expected + min(FEED_SIZE, len(newest))
        if found != {item.address: item.excerpts for item in newest[: len(found)]}:
            yield f"the feed in /{folder} does not have the newest {len(found)} posts with all of their excerpts"
    if total < expected:
        yield f"its feeds have {total} entries, not {expected}"


def _entries(feed: Path) -> dict[str, int]:
    """Address of each post -> the excerpts that its entry quotes."""
    found = {}
    for entry in ET.parse(feed).getroot().iter():
        if entry.tag.rpartition("}")[2] in ("entry", "item"):
            links = (e.get("href") or e.text or "" for e in entry.iter() if e.tag.endswith("link"))
            address = next(match[0] for link in links if (match := _POST.search(link)))
            content = next(e.text or "" for e in entry.iter() if e.tag in _CONTENT)
            found[address] = content.count("<blockquote")
    return found


def files(output: Path) -> int:
    """How many files the site has."""
    return sum(file.is_file() for file in output.rglob("*"))
