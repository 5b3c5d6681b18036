"""A post from a page: its facts in the front matter, its copy kept, its excerpt verified at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commentary.capture.topics import propose_topics
from commentary.errors import CommentaryError
from commentary.reading.parse import parse_post
from commentary.reading.resolve import resolve
from commentary.reading.text import read_file
from commentary.work.new import read_source
from commentary.work.record import record, whole_ledger
from commentary.work.verify import Outcome, Verifier

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from commentary.settings import Settings
    from commentary.vocabulary import Vocabulary
    from commentary.work.capture import Captured
    from commentary.work.new import Beginning


def fill(
    beginning: Beginning, captured: Captured, vocabulary: Vocabulary, *, given: Mapping[str, object], site_lang: str
) -> Beginning:
    """What to begin a post of a page with: the author's own words, and where there are none, what the page says.

    `beginning`: what the author gives of the post; `given`: of its source. CommentaryError if no topic is given and none
    can be proposed.
    """
    facts = captured.facts
    guesses = {"lang" if guess == "language" else guess for guess in facts.guesses} - set(given)
    topics = beginning.topics
    if not topics:
        topics = propose_topics(vocabulary, headline=facts.headline or "", text=captured.copy.snapshot.prose)
        guesses.add("topics")
    if not topics:
        raise CommentaryError("no declared topic is named in the page; give one with --topic")
    outlet = vocabulary.publication_at(captured.url)
    said: dict[str, object] = {
        "publication": facts.publication,
        "headline": facts.headline,
        "byline": facts.byline,
        "published": facts.published,
        "lang": facts.language if facts.language != ((outlet and outlet.lang) or site_lang) else None,
        "paywall": facts.paywall if facts.paywall and not (outlet and outlet.paywall) else None,
    }
    merged = {key: value for key, value in said.items() if value} | dict(given) | {"url": captured.url}
    return replace(beginning, topics=topics, source=read_source(merged), guesses=frozenset(guesses))


def keep_and_verify(
    settings: Settings, file: Path, captured: Captured, vocabulary: Vocabulary, *, now: datetime
) -> list[Outcome]:
    """Keep the page that a new post was made from, and verify the post's excerpts against it."""
    name = file.relative_to(settings.root).as_posix()
    text = read_file(file, path=name)
    post, _ = resolve(parse_post(text, path=name, zone=settings.site.zone, vocabulary=vocabulary), vocabulary)
    verifier = Verifier(settings, whole_ledger(settings), now=now)
    verifier.supply(captured.copy)
    outcomes = list(verifier.verify(post))
    record(settings, verifier.facts)
    return outcomes
