"""
A made-up corpus: posts in English and Korean that look like ours, the same for the same size on any machine.

Every post is made by itself from its number, so that a million need no memory and the next one is as good as the
last. `python -m benchmarks.corpus 1000 FOLDER` writes a whole project of ours.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from benchmarks import words

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20250430
ZONE = ZoneInfo("Asia/Seoul")
FIRST_DAY = datetime(2010, 1, 1, tzinfo=ZONE)
KOREAN_SHARE, STORY_SHARE, RELATED_SHARE, SECOND_EXCERPT_SHARE = 0.3, 0.3, 0.3, 0.25
MINUTES_A_DAY = 24 * 60
POSTS_A_DAY, MOST_DAYS = 4, 2500  # a big corpus has more posts a day, not more years


@dataclass(frozen=True, slots=True)
class Publication:
    """An outlet of the corpus."""

    name: str
    host: str
    lang: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report that a post quotes or points to."""

    publication: Publication
    url: str
    headline: str
    day: str


@dataclass(frozen=True, slots=True)
class Item:
    """A post before any tool's format: `body` is Markdown that all of them read alike."""

    number: int
    slug: str
    title: str
    posted: datetime
    lang: str
    topics: tuple[str, ...]  # slugs
    story: str | None
    source: Report
    related: Report | None
    body: str
    excerpts: int

    @property
    def address(self) -> str:
        """Where every tool is told to put the post: `/2010/01/01/seoul-trade-7/`."""
        return f"/{self.posted:%Y/%m/%d}/{self.slug}/"

    @property
    def file(self) -> str:
        """The file's name below the folder of posts."""
        return f"{self.posted:%Y/%Y-%m-%d}-{self.slug}.md"

    def edited(self, times: int) -> Item:
        """The same post with something added at its end."""
        return replace(self, body=f"{self.body}\nOne thing more, added in revision {times}.\n")


class Corpus:
    """A corpus of `size` posts, and as many later ones as are asked for."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.a_day = max(POSTS_A_DAY, -(-size // MOST_DAYS))

    @cached_property
    def topics(self) -> dict[str, str]:
        """Slug -> name, the commonest first."""
        names = [f"{place} {subject}" for subject in words.SUBJECTS for place in words.PLACES]
        return {name.lower().replace(" ", "-"): name for name in names}

    @cached_property
    def publications(self) -> tuple[Publication, ...]:
        """Every outlet; a fifth of them write in Korean."""
        pairs = [(city, paper) for paper in words.PAPERS for city in words.CITIES]
        return tuple(
            Publication(f"The {city} {paper}", f"{city}-{paper}.example".lower(), "en" if n % 5 else "ko")
            for n, (city, paper) in enumerate(pairs)
        )

    @cached_property
    def stories(self) -> dict[str, str]:
        """Slug -> title."""
        titles = [f"The {subject} {thread}" for subject in words.SUBJECTS for thread in words.THREADS]
        return {title[4:].replace(" ", "-"): title for title in titles}

    @cached_property
    def _weights(self) -> list[float]:
        """Of topics, summed up: the second is half as common as the first (Zipf's law)."""
        return list(accumulate(1 / rank for rank in range(1, len(self.topics) + 1)))

    def __iter__(self) -> Iterator[Item]:
        return map(self.item, range(self.size))

    def item(self, number: int) -> Item:
        """The post of a number; from `size` on, posts that come later."""
        chance = random.Random(SEED * 1_000_003 + number)
        writer = Writer(chance, "ko" if chance.random() < KOREAN_SHARE else "en", number)
        topics = chance.choices(list(self.topics), cum_weights=self._weights, k=chance.randint(1, 6))
        day, nth = divmod(number, self.a_day)
        posted = FIRST_DAY + timedelta(days=day, minutes=nth * MINUTES_A_DAY // self.a_day)
        excerpts = 1 + (chance.random() < SECOND_EXCERPT_SHARE)
        return Item(
            number=number,
            slug=f"{topics[0]}-{number}",
            title=writer.title(),
            posted=posted,
            lang=writer.lang,
            topics=tuple(dict.fromkeys(topics)),
            story=chance.choice(list(self.stories)) if chance.random() < STORY_SHARE else None,
            source=self._report(writer, posted, "a"),
            related=self._report(writer, posted, "b") if chance.random() < RELATED_SHARE else None,
            body=writer.body(excerpts),
            excerpts=excerpts,
        )

    def _report(self, writer: Writer, posted: datetime, letter: str) -> Report:
        publication = writer.chance.choice(self.publications)
        day = f"{posted - timedelta(days=1):%Y-%m-%d}"
        url = f"https://{publication.host}/{day.replace('-', '/')}/report-{writer.number}-{letter}.html"
        return Report(publication, url, writer.title(), day)


class Writer:
    """Writes in one language, by chance."""

    def __init__(self, chance: random.Random, lang: str, number: int) -> None:
        self.chance = chance
        self.lang = lang
        self.number = number
        self._words = words.KOREAN if lang == "ko" else words.ENGLISH

    def title(self) -> str:
        """A title or headline."""
        return self._filled(words.KOREAN_TITLES if self.lang == "ko" else words.ENGLISH_TITLES)

    def body(self, excerpts: int) -> str:
        """Remark, excerpt, remark, and again."""
        blocks = [self._remark(2, 3)]
        for _ in range(excerpts):
            blocks += [self._excerpt(), self._remark(2, 4)]
        blocks += [self._remark(2, 4) for _ in range(self.chance.randint(0, 2))]
        return "\n\n".join(blocks) + "\n"

    def _remark(self, least: int, most: int) -> str:
        patterns = words.KOREAN_REMARKS if self.lang == "ko" else words.ENGLISH_REMARKS
        return " ".join(self._filled(patterns) for _ in range(self.chance.randint(least, most)))

    def _excerpt(self) -> str:
        patterns = words.KOREAN_SENTENCES if self.lang == "ko" else words.ENGLISH_SENTENCES
        paragraphs = [
            " ".join(self._filled(patterns) for _ in range(self.chance.randint(1, 3)))
            for _ in range(self.chance.randint(1, 2))
        ]
        if self.chance.random() < 0.5:
            paragraphs[-1] += " […]"
        return "\n>\n".join(f"> {paragraph}" for paragraph in paragraphs)

    def _filled(self, patterns: tuple[str, ...]) -> str:
        """One of the patterns, every place in it filled by a word of its own."""
        out = self.chance.choice(patterns)
        while "{" in out:
            before, _, rest = out.partition("{")
            name, _, after = rest.partition("}")
            word = str(self.number) if name == "number" else self.chance.choice(self._words[name.lower()])
            out = before + (word[0].upper() + word[1:] if name[0].isupper() else word) + after
        return out


if __name__ == "__main__":
    from benchmarks.contenders import Commentary

    size, folder = sys.argv[1:]
    Commentary(Path(folder).resolve()).write(Corpus(int(size)))
