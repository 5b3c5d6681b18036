"""Passages of the pages that we wrote ourselves: each stands, and with one word otherwise none does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commentary.ledger import Judgement
from commentary.model import Excerpt
from commentary.quotation.verdict import Verdict
from commentary.snapshots.judging import MOST_OMITTED, judge
from commentary.snapshots.store import Snapshot
from commentary.work.capture import as_excerpt
from tests.factories import make_excerpt
from tests.fixtures import PAGES, Passage, passages

DAY = datetime(2025, 4, 30, 9, tzinfo=UTC)
STORY = (
    b"<p>We will pause the tariffs for ninety days, she said. " + b"word " * 100 + b"That is all there is to say.</p>"
)


def judged(excerpt: Excerpt, body: bytes = STORY) -> Judgement:
    return judge(excerpt, Snapshot("https://herald.example/a", body), at=DAY).judgement


def verdict_of(text: str, file: str) -> Verdict:
    return Verdict(judged(as_excerpt(text), (PAGES / file).read_bytes()).verdict)


@pytest.mark.parametrize("passage", passages(), ids=lambda p: f"{p.file}-{p.kind}")
def test_a_passage_stands_and_with_a_word_changed_dropped_or_added_it_does_not(passage: Passage) -> None:
    words = passage.text.split(" ")
    assert 60 <= len(passage.text.split()) <= 150
    assert verdict_of(passage.text, passage.file) == Verdict.VERBATIM

    for at in range(1, len(words) - 1, 7):
        if not words[at - 1].isalpha() or not words[at].isalpha() or not words[at + 1].isalpha():
            continue  # beside a mark a word may be left out
        changed = " ".join([*words[:at], "물떼새", *words[at + 1 :]])
        dropped = " ".join([*words[:at], *words[at + 1 :]])
        added = " ".join([*words[:at], "plover", *words[at:]])
        assert [v for v in (changed, dropped, added) if verdict_of(v, passage.file).stands] == []


def test_a_verdict_says_where_the_words_stand_and_what_was_left_out() -> None:
    found = judged(make_excerpt("We will pause the tariffs […] That is all there"))

    assert [s.exact for s in found.segments] == ["We will pause the tariffs", "That is all there"]
    assert (found.segments[0].prefix, found.segments[0].suffix) == ("", " for ninety days, she said. word")
    assert found.fragment == "text=We%20will%20pause%20the%20tariffs&text=That%20is%20all%20there"


def test_of_a_long_stretch_left_out_only_its_ends_are_repeated() -> None:
    """A receipt publishes no more of a source than the post quotes."""
    (omitted,) = judged(make_excerpt("We will pause the tariffs […] That is all there")).omitted

    assert len(omitted.split()) < MOST_OMITTED
    assert omitted.startswith("for ninety days, she said.")
    assert "words…]" in omitted


def test_of_a_translation_the_original_is_compared() -> None:
    original = make_excerpt("We will pause the tariffs for ninety days").paragraphs
    translated = make_excerpt("우리는 관세를 구십 일 동안 멈춘다", original=original)

    assert judged(translated).verdict == "translated"
    assert judged(translated.model_copy(update={"original": make_excerpt("We will keep them").paragraphs})).verdict in (
        "altered",
        "missing",
    )


def test_the_share_is_of_the_prose_alone() -> None:
    body = b"<nav>" + b"<p>Menu item</p>" * 500 + b"</nav><p>" + b"one two three four five " * 20 + b"</p>"

    assert judged(make_excerpt("one two three four five one two three four five"), body).share == 0.1
