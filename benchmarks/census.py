"""Whether a built site holds what all of the tools must make: counted from its files, whatever made them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.corpus import Item

FEED_SIZE = 30
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
    yield from _feed(output, "", newest)
    for slug in of_topic:
        yield from _feed(output, f"topics/{slug}", [item for item in newest if slug in item.topics])
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


def _feed(output: Path, folder: str, newest: list[Item]) -> Iterator[str]:
    """The newest posts, each with all of its excerpts."""
    file = next((f for name in ("feed.atom", "feed.xml") if (f := output / folder / name).is_file()), None)
    if not file:
        yield f"{folder or 'the site'} has no feed"
        return
    found: Counter[str] = Counter()
    for entry in ET.parse(file).getroot().iter():
        if entry.tag.rpartition("}")[2] in ("entry", "item"):
            content = next(entry.iter(_CONTENT[0]), None)
            text = (content if content is not None else next(entry.iter(_CONTENT[1]))).text or ""
            address = next(
                _POST.findall(e.get("href") or e.text or "")[0] for e in entry.iter() if e.tag.endswith("link")
            )
            found[address] += text.count("<blockquote")
    wanted = Counter({item.address: item.excerpts for item in newest[:FEED_SIZE]})
    if found != wanted:
        yield f"the feed of {folder or 'the site'} has {found.total()} excerpts in {len(found)} posts, not {wanted.total()} in {len(wanted)}"


def files(output: Path) -> int:
    """How many files the site has."""
    return sum(file.is_file() for file in output.rglob("*"))
