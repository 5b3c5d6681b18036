"""Put facts into the ledger; it changes only if they change a state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commentary.errors import CorpusError
from commentary.files import locked
from commentary.ledger import Ledger, excerpt_hash, read_ledger, write_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from commentary.ledger.known import AnyFact
    from commentary.model import Post
    from commentary.settings import Settings


def whole_ledger(settings: Settings) -> Ledger:
    """The ledger as it is on disk. CorpusError if a line of it cannot be read: writing would lose it."""
    ledger, findings = read_ledger(settings.content, settings.root)
    if findings:
        raise CorpusError(findings)
    return ledger


def record(settings: Settings, facts: Iterable[AnyFact], *, posts: Iterable[Post] | None = None) -> bool:
    """Add facts to the ledger; whether its files changed. `posts`: all there are, to drop verdicts on lost excerpts."""
    with locked(settings.content, wait=True):  # it is never long
        ledger = whole_ledger(settings).learning(facts)  # read again: another command may have written in the meantime
        if posts is not None:
            ledger = ledger.keeping(_excerpts(posts))
        return write_ledger(settings.content, ledger)


def _excerpts(posts: Iterable[Post]) -> dict[str, set[str]]:
    excerpts: dict[str, set[str]] = {}
    for post in posts:
        for excerpt in post.excerpts:
            source = post.source_of(excerpt)
            if source and source.url:
                excerpts.setdefault(source.url, set()).add(excerpt_hash(excerpt))
    return excerpts
