"""What is known of sources, looked up by address; a fact that changes nothing is not recorded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from commentary.ledger.facts import Judgement, Link, Memento, Retrieval, excerpt_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from commentary.model import Excerpt, Post, Source

    AnyFact = Retrieval | Memento | Link | Judgement


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one address."""

    retrievals: tuple[Retrieval, ...] = ()  # oldest first: the newest copy, and those that verdicts rest on
    mementos: tuple[Memento, ...] = ()  # oldest first
    link: Link | None = None
    judgements: Mapping[str, Judgement] = field(default_factory=dict)  # by the excerpt's hash

    @property
    def copy(self) -> Retrieval | None:
        """The newest copy that we hold."""
        return self.retrievals[-1] if self.retrievals else None

    @property
    def memento(self) -> Memento | None:
        """The newest archived version."""
        return self.mementos[-1] if self.mementos else None

    def judgement(self, excerpt: Excerpt, *, matcher: int) -> Judgement | None:
        """The verdict on an excerpt; None if excerpt, copy or matcher changed since, or there never was one."""
        found = self.judgements.get(excerpt_hash(excerpt)) if self.judgements else None
        is_current = found and self.copy and found.snapshot == self.copy.sha256 and found.matcher == matcher
        return found if is_current else None

    def retrieval(self, judgement: Judgement) -> Retrieval | None:
        """The copy that a verdict rests on."""
        return next((r for r in self.retrievals if r.sha256 == judgement.snapshot), None)

    def facts(self) -> Iterator[AnyFact]:
        """Everything that is known."""
        yield from self.retrievals
        yield from self.mementos
        if self.link:
            yield self.link
        yield from self.judgements.values()

    def learning(self, fact: AnyFact) -> Known:
        """The same with one more fact; itself if that changes nothing but the time."""
        match fact:
            case Retrieval():
                return self._copied(fact)
            case Memento():
                known = any(fact.uri == memento.uri for memento in self.mementos)
                return self if known else replace(self, mementos=tuple(sorted((*self.mementos, fact), key=_moment)))
            case Link():
                old = self.link
                same = old and (old.state, old.target) == (fact.state, fact.target)
                return self if same else replace(self, link=fact)
            case Judgement():
                return self._judged(fact)

    def _copied(self, fact: Retrieval) -> Known:
        if any((r.sha256, r.how) == (fact.sha256, fact.how) for r in self.retrievals[-1:]):
            return self
        if self.copy and fact.at < self.copy.at:  # a clock that was set back
            fact = fact.model_copy(update={"at": self.copy.at})
        others = (r for r in self.retrievals if r.sha256 != fact.sha256)
        return replace(self, retrievals=tuple(sorted((*others, fact), key=_moment))).pruned()

    def _judged(self, fact: Judgement) -> Known:
        old = self.judgements.get(fact.excerpt)
        if old and old.model_copy(update={"at": fact.at}) == fact:
            return self
        return replace(self, judgements={**self.judgements, fact.excerpt: fact}).pruned()

    def pruned(self) -> Known:
        """The same without copies that are neither the newest nor what a verdict rests on."""
        needed = {judgement.snapshot for judgement in self.judgements.values()}
        kept = tuple(r for r in self.retrievals if r is self.copy or r.sha256 in needed)
        return self if kept == self.retrievals else replace(self, retrievals=kept)


_NOTHING = Known()


@dataclass(frozen=True, slots=True)
class Ledger:
    """What is known of every source, by its address."""

    sources: Mapping[str, Known] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: Iterable[AnyFact]) -> Ledger:
        """A ledger of facts in any order; of two that contradict each other the later counts."""
        grouped: defaultdict[str, list[AnyFact]] = defaultdict(list)
        for fact in facts:
            grouped[fact.url].append(fact)
        return cls({url: _known(of_one) for url, of_one in grouped.items()})

    def of_source(self, source: Source | None) -> Known:
        """What is known of a source; nothing, if it has no address."""
        return self.sources.get(source.url, _NOTHING) if source and source.url else _NOTHING

    def learning(self, facts: Iterable[AnyFact]) -> Ledger:
        """The same with more facts; equal to itself if they change nothing but times."""
        sources = dict(self.sources)
        for fact in facts:
            sources[fact.url] = sources.get(fact.url, _NOTHING).learning(fact)
        return Ledger(sources)

    def keeping(self, excerpts: Mapping[str, Iterable[str]]) -> Ledger:
        """The same without verdicts on excerpts that no post has any more; `excerpts`: address -> hashes."""
        sources = {}
        for url, known in self.sources.items():
            hashes = set(excerpts.get(url, ()))
            kept = {key: judgement for key, judgement in known.judgements.items() if key in hashes}
            sources[url] = replace(known, judgements=kept).pruned()
        return Ledger(sources)

    def facts(self) -> Iterator[AnyFact]:
        """Everything that is known."""
        for known in self.sources.values():
            yield from known.facts()

    def of_post(self, post: Post) -> tuple[AnyFact, ...]:
        """All facts that a page with this post may show."""
        return tuple(fact for source in (*post.sources, *post.related) for fact in self.of_source(source).facts())


def _known(facts: list[AnyFact]) -> Known:
    """Of facts of one address: judgements first, so that no copy that one rests on is forgotten."""
    judgements = [fact for fact in facts if isinstance(fact, Judgement)]
    known = Known()
    for fact in sorted(judgements, key=_moment):
        known = replace(known, judgements={**known.judgements, fact.excerpt: fact})
    for other in sorted((fact for fact in facts if not isinstance(fact, Judgement)), key=_moment):
        known = known.learning(other)
    return known


def _moment(fact: AnyFact) -> datetime:
    return fact.at
