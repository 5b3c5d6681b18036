"""How much of a source a post quotes, and how much of the post is quotation: the right to quote rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commentary.quotation.segments import runs_of
from commentary.words import measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commentary.model import Excerpt, Paragraph, Post


def share_of_source(excerpts: Iterable[Excerpt], source_text: str) -> float | None:
    """The share of a source's words that all its excerpts in a post quote; None if the source has no words.

    Characters count in Korean, Chinese and Japanese. Where the original stands beside a translation, it counts.
    """
    quoted = sum(measure(quoted_words(excerpt.original or excerpt.paragraphs)).weight for excerpt in excerpts)
    whole = measure(source_text).weight
    return quoted / whole if whole else None


def share_of_post(post: Post) -> float | None:
    """The share of a post's words, excerpts and remarks together, that are quoted; None if it has none."""
    quoted = sum(measure(quoted_words(excerpt.paragraphs)).weight for excerpt in post.excerpts)
    whole = quoted + sum(measure(remark.text).weight for remark in post.remarks)
    return quoted / whole if whole else None


def quoted_words(paragraphs: Iterable[Paragraph]) -> str:
    """The source's own words: neither marks of the editor's nor captions; a line each paragraph."""
    return "".join(run.text if run.kind == "quoted" else " " for run in runs_of(paragraphs))
