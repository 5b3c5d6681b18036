"""Valid objects of the model and a valid project on disk; a test changes one thing of them."""

from __future__ import annotations

import html
import os
import re
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from commentary.corpus import Corpus
from commentary.ledger import Judgement, Ledger, Retrieval, Segment, excerpt_hash, write_ledger
from commentary.model import Excerpt, Paragraph, Post, Remark, Run, Source
from commentary.quotation.verdict import MATCHER_VERSION
from commentary.reading.load import load
from commentary.settings import Settings, Site
from commentary.vocabulary import Publication, Story, Topic, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).resolve().parents[1]
ZONE = ZoneInfo("Asia/Seoul")
NOW = datetime(2025, 5, 1, 12, tzinfo=ZONE)  # after every post that the factories make
CHECKED = datetime(2025, 4, 30, 10, tzinfo=ZONE)
COPY = "0" * 64  # the hash of a copy that no test reads

POST = """\
---
title: The tariff pause is only a pause
date: 2025-04-30 09:00
topics: [trade]
source:
  publication: The Herald
  url: https://herald.example/2025/04/29/tariff-pause
  headline: Ministry pauses tariffs for ninety days
  published: 2025-04-29
---
The ministry calls it relief, but nothing in its notice binds it beyond the summer:

> “We will pause the tariffs for ninety days,” the minister said. […]

So importers should plan for the day after, because the notice itself already names that very date.
"""

TOPICS_YAML = """\
trade:
  name: Trade
  description: Tariffs, treaties and the goods that cross borders.
  synonyms: [Tariffs, Commerce]
diplomacy:
  name: Diplomacy
"""

PUBLICATIONS_YAML = """\
The Herald:
  home: https://herald.example/
  hosts: [herald.example]
  country: KR
  lang: en
The Courier:
  hosts: [courier.example]
The Portal:
  hosts: [portal.example]
  aggregator: true
"""

STORIES_YAML = """\
tariff-dispute:
  title: The tariff dispute
"""

# The site's own settings differ; how Pelican is engaged is what the repository's pelicanconf.py says.
PELICANCONF = """\
from jinja2 import StrictUndefined

import commentary

SITENAME = "Test Remarks"
SITEURL = "https://remarks.example"
AUTHOR = "Test Editor"
TIMEZONE = "Asia/Seoul"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "output"
THEME = {theme!r}

# The engine.{engine}"""

_MARK = re.compile(r"(?P<elision>\[(?:…|\.+)\]|\((?:…|\.)+\))|(?P<interpolation>\[[^\]]+\])")


def make_source(**changes: Any) -> Source:
    """The report that a valid post quotes."""
    fields: dict[str, Any] = {
        "publication": "The Herald",
        "url": "https://herald.example/2025/04/29/tariff-pause",
        "headline": "Ministry pauses tariffs for ninety days",
        "published": "2025-04-29",
    }
    return Source(**fields | changes)


def make_excerpt(
    text: str = "“We will pause the tariffs for ninety days,” the minister said. […]", **changes: Any
) -> Excerpt:
    """An excerpt of `text`: a blank line separates paragraphs, elisions and interpolations become runs."""
    paragraphs = tuple(Paragraph(runs=_runs(block)) for block in text.split("\n\n"))
    markup = "\n".join(f"<p>{html.escape(p.text, quote=False)}</p>" for p in paragraphs)
    return Excerpt(**{"line": 12, "html": markup, "paragraphs": paragraphs} | changes)


def _runs(text: str) -> tuple[Run, ...]:
    runs, end = [], 0
    for mark in _MARK.finditer(text):
        if mark.start() > end:
            runs.append(Run(kind="quoted", text=text[end : mark.start()]))
        runs.append(Run(kind="elision" if mark["elision"] else "interpolation", text=mark[0]))
        end = mark.end()
    if end < len(text):
        runs.append(Run(kind="quoted", text=text[end:]))
    return tuple(runs)


def make_remark(
    text: str = "The ministry calls it relief, but nothing in its notice binds it.", **changes: Any
) -> Remark:
    """A remark of one paragraph."""
    markup = f"<p>{html.escape(text, quote=False)}</p>"
    return Remark(**{"line": 10, "html": markup, "text": text} | changes)


def make_post(**changes: Any) -> Post:
    """A published post that breaches no rule; its path follows its slug and day."""
    posted = changes.get("posted", datetime(2025, 4, 30, 9, tzinfo=ZONE))
    slug = changes.get("slug", "tariff-pause")
    fields: dict[str, Any] = {
        "path": f"content/posts/{posted:%Y}/{posted:%Y-%m-%d}-{slug}.md",
        "lines": {
            "title": 2,
            "date": 3,
            "topics": 4,
            "source": 5,
            "source.publication": 6,
            "source.url": 7,
            "source.headline": 8,
            "source.published": 9,
            "body": 11,
        },
        "digest": f"digest-of-{slug}",
        "title": "The tariff pause is only a pause",
        "posted": posted,
        "topics": ("trade",),
        "sources": (make_source(),),
        "slug": slug,
        "parts": (make_remark(), make_excerpt()),
    }
    return Post(**fields | changes)


def make_vocabulary(**changes: Any) -> Vocabulary:
    """The vocabulary that `write_project` declares, too."""
    fields: dict[str, Any] = {
        "topics": (
            Topic(
                slug="trade",
                name="Trade",
                description="Tariffs, treaties and the goods that cross borders.",
                synonyms=("Tariffs", "Commerce"),
            ),
            Topic(slug="diplomacy", name="Diplomacy"),
        ),
        "publications": (
            Publication(
                name="The Herald", home="https://herald.example/", hosts=("herald.example",), country="KR", lang="en"
            ),
            Publication(name="The Courier", hosts=("courier.example",)),
            Publication(name="The Portal", hosts=("portal.example",), aggregator=True),
        ),
        "stories": (Story(slug="tariff-dispute", title="The tariff dispute"),),
    }
    return Vocabulary(**fields | changes)


def make_site(**changes: Any) -> Site:
    """What every page of the test site knows."""
    fields: dict[str, Any] = {
        "name": "Test Remarks",
        "url": "https://remarks.example",
        "host": "remarks.example",
        "timezone": "Asia/Seoul",
        "author": "Test Editor",
    }
    return Site(**fields | changes)


def make_settings(root: Path = REPOSITORY, **changes: Any) -> Settings:
    """Settings of a project in `root`, with the repository's theme."""
    fields: dict[str, Any] = {
        "root": root,
        "content": root / "content",
        "output": root / "output",
        "theme": REPOSITORY / "theme",
        # The factories' posts have digests that do not cover what they say, so nothing of them may be kept.
        "cache": root / ".cache" if root != REPOSITORY else Path(os.devnull, "cache"),
        "snapshots": root / ".snapshots",
        "site": make_site(),
    }
    return Settings(**fields | changes)


def make_corpus(*posts: Post, now: datetime = NOW, vocabulary: Vocabulary | None = None, **changes: Any) -> Corpus:
    """A corpus of `posts`, one valid post if none is given, as it stands at the moment `now`."""
    return Corpus.of(posts or (make_post(),), vocabulary or make_vocabulary(), now=now, **changes)


def make_ledger(*posts: Post, **changes: Any) -> Ledger:
    """A ledger by which every excerpt of `posts` is verbatim, but for `changes` of the verdicts."""
    copy = {"how": "fetched", "sha256": COPY, "words": 800} | {k: changes.pop(k) for k in ("how",) if k in changes}
    facts: list[Retrieval | Judgement] = []
    for post in posts:
        for excerpt in post.excerpts:
            source = post.source_of(excerpt)
            if source and source.url:
                base = {"url": source.url, "at": CHECKED}
                verdict = {
                    "excerpt": excerpt_hash(excerpt),
                    "snapshot": COPY,
                    "matcher": MATCHER_VERSION,
                    "verdict": "verbatim",
                    "share": 0.02,
                    "fragment": "text=We%20will%20pause",
                    "segments": (Segment(exact="We will pause", prefix="“", suffix=" the tariffs"),),
                }
                facts += (Retrieval(**base | copy), Judgement(**base | verdict | changes))
    return Ledger.of(facts)


def write_project(
    folder: Path,
    posts: Mapping[str, str] | None = None,
    *,
    settings: str = "",
    files: Mapping[str, str] | None = None,
) -> Path:
    """Write a whole, small project into `folder` and give the folder back.

    `posts`: file name below content/posts -> text; by default one valid post. `settings`: lines added
    to pelicanconf.py. `files`: path in the project -> text, written last, so that it may replace any. By
    the ledger, every excerpt is verbatim.
    """
    _, marker, engine = (REPOSITORY / "pelicanconf.py").read_text("utf-8").partition("\n# The engine.")
    assert marker, "pelicanconf.py has no section that begins with `# The engine.`"
    written = {
        "pelicanconf.py": PELICANCONF.format(theme=str(REPOSITORY / "theme"), engine=engine) + settings,
        "content/data/topics.yaml": TOPICS_YAML,
        "content/data/publications.yaml": PUBLICATIONS_YAML,
        "content/data/stories.yaml": STORIES_YAML,
        **{
            f"content/posts/{name}": text
            for name, text in ({"2025-04-30-tariff-pause.md": POST} if posts is None else posts).items()
        },
        **(files or {}),
    }
    for name, text in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
    (folder / "content/posts").mkdir(exist_ok=True)
    with TemporaryDirectory() as cache:  # builds of the project find none
        made = make_settings(folder, cache=Path(cache))
        write_ledger(made.content, make_ledger(*load(made).posts))
    return folder
