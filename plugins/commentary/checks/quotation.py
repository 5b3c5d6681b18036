"""What must hold of a post and its sources. Each docstring is what `commentary explain` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commentary.checks.post import line_of
from commentary.findings import Finding, found
from commentary.standing import judged, share_of
from commentary.urls import host_of
from commentary.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from commentary.ledger import Judgement, Ledger
    from commentary.model import Excerpt, Post
    from commentary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Evidence:
    """A post, and what it is judged by."""

    post: Post
    vocabulary: Vocabulary
    ledger: Ledger
    max_share: float  # of a source's words that a post may quote

    def judgements(self) -> Iterator[tuple[Excerpt, Judgement | None]]:
        """Every excerpt whose source has an address, with the verdict that holds."""
        for excerpt in self.post.excerpts:
            source = self.post.source_of(excerpt)
            if source and source.url:
                yield excerpt, judged(excerpt, self.ledger.of_source(source))


def excerpts_are_verified(evidence: Evidence) -> Iterator[Finding]:
    """Every excerpt has been compared with a copy of its source, word for word.

    A verdict lapses when the excerpt, the copy or the way of comparing changes; pages then say that the
    excerpt is unchecked. Run `commentary verify`; where the page cannot be fetched, save it in a browser
    and run `commentary verify POST --copy FILE.html`. One line stands for all posts; a post whose source
    cannot be had says so: `allow: unchecked`.
    """
    post = evidence.post
    if "unchecked" not in post.allow:
        for excerpt, judgement in evidence.judgements():
            if judgement is None:
                message = "this excerpt is not compared with the source yet; run `commentary verify`"
                yield found(post.path, excerpt.line, "unchecked", message)


def excerpts_are_unaltered(evidence: Evidence) -> Iterator[Finding]:
    """Every word of an excerpt stands in the copy of its source, in order.

    Words left out are marked `[…]`, words put in stand in square brackets. `commentary verify` shows
    what differs, and `commentary verify --fix` puts the source's words in the excerpt's place.
    """
    yield from _judged_as(
        evidence, "altered", "the excerpt is not what its source says; `commentary verify {path}` shows what differs"
    )


def excerpts_stand_in_source(evidence: Evidence) -> Iterator[Finding]:
    """The copy of the source holds something like the excerpt.

    If nothing in it is near, either the excerpt is another source's, or the copy is not the whole page:
    one behind a paywall, or one that a script fills in. Save the page in a browser, and run
    `commentary verify POST --copy FILE.html`.
    """
    yield from _judged_as(
        evidence,
        "missing",
        "nothing in the copy of the source is near the excerpt; correct the source, or give a whole copy: "
        "commentary verify {path} --copy FILE.html",
    )


def _judged_as(evidence: Evidence, verdict: str, message: str) -> Iterator[Finding]:
    for excerpt, judgement in evidence.judgements():
        if judgement and judgement.verdict == verdict:
            path = evidence.post.path
            yield found(path, excerpt.line, verdict, message.format(path=path))


def excerpts_keep_the_sense(evidence: Evidence) -> Iterator[Finding]:
    """An excerpt that stands word for word may still not say what its source says.

    Words left out that negate, words put in that do, many elisions close together, half a word: look at
    the passage again. If the sense is right, `allow: caution`.
    """
    for excerpt, judgement in evidence.judgements():
        for warning in judgement.warnings if judgement else ():
            yield found(evidence.post.path, excerpt.line, "caution", f"{warning}; or add `allow: caution`")


def quotation_is_short(evidence: Evidence) -> Iterator[Finding]:
    """A post quotes no more of a source than it needs: at most COMMENTARY_MAX_SHARE of its words.

    The right to quote rests on it. Quote less; or, of a short source, `allow: quoted-share`.
    """
    post = evidence.post
    for source in post.sources:
        share = share_of(post, source.key, evidence.ledger.of_source(source))
        if share is not None and share > evidence.max_share:
            yield found(
                post.path,
                line_of(post, source, "url"),
                "quoted-share",
                f"the excerpts are {share:.0%} of the source's words, over {evidence.max_share:.0%}; quote less, "
                "or add `allow: quoted-share`",
            )


def host_is_of_publication(evidence: Evidence) -> Iterator[Finding]:
    """The host of a source is not declared for another publication than the one that it names.

    Hosts are declared in content/data/publications.yaml; one that is declared for none may be anybody's. A
    portal that carries others' work is declared with `aggregator: true`, and its hosts serve any publication.
    """
    post = evidence.post
    for source in (*post.sources, *post.related):
        owner = evidence.vocabulary.publication_at(source.url) if source.url else None
        if not source.url or not source.publication or not owner or owner.aggregator:
            continue
        if fold(owner.name) != fold(source.publication):
            yield found(
                post.path,
                line_of(post, source, "url"),
                "foreign-host",
                f"{host_of(source.url)} belongs to {owner.name}, not to {source.publication}; correct one of "
                "the two, or declare the portal with `aggregator: true` in content/data/publications.yaml",
            )


QUOTATION_CHECKS: Mapping[str, Callable[[Evidence], Iterator[Finding]]] = {
    "unchecked": excerpts_are_verified,
    "altered": excerpts_are_unaltered,
    "missing": excerpts_stand_in_source,
    "caution": excerpts_keep_the_sense,
    "quoted-share": quotation_is_short,
    "foreign-host": host_is_of_publication,
}
