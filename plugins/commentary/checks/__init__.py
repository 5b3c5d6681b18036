"""
The editorial rules: what must hold of posts that can be built but may be unwise.

A check is a generator of findings, named for what must hold; a table registers it under its rule.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

from commentary.caching import Memo
from commentary.checks.corpus import CORPUS_CHECKS, corrections_have_been_made, oldest_first
from commentary.checks.images import IMAGE_CHECKS, images_have_words
from commentary.checks.post import POST_CHECKS
from commentary.checks.quotation import QUOTATION_CHECKS, Evidence
from commentary.findings import RULES, Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from commentary.corpus import Corpus
    from commentary.ledger import Ledger
    from commentary.model import Post
    from commentary.vocabulary import Vocabulary

__all__ = ["CORPUS_CHECKS", "IMAGE_CHECKS", "POST_CHECKS", "QUOTATION_CHECKS", "explanation", "run"]


def run(corpus: Corpus, ledger: Ledger, *, max_share: float, root: Path, memo: Memo | None = None) -> list[Finding]:
    """Every breach of an editorial rule, excused or not, with the rules' default severities.

    `memo`: of what is wrong with each post by itself; it takes the posts' digests to cover their sources' facts.
    `root`: of the project, so that what stands within a remark is found at its line.
    """
    memo = Memo() if memo is None else memo
    alone = Alone(corpus.vocabulary, ledger, max_share)
    findings: list[Finding] = []
    unchecked: list[tuple[str, int, str]] = []
    posts = oldest_first(corpus)
    for post, told in zip(posts, memo.of_each(posts, alone.key, alone.told), strict=True):
        for line, rule, message in told:
            if rule == "unchecked":
                unchecked.append((post.path, line, message))
            else:
                findings.append(found(post.path, line, rule, message))
    if unchecked:  # one line stands for all
        path, line, message = unchecked[-1]
        others = f" and {len(unchecked) - 1} more are " if len(unchecked) > 1 else " is "
        findings.append(found(path, line, "unchecked", message.replace(" is ", others)))
    of_all = (finding for check in CORPUS_CHECKS.values() for finding in check(corpus))
    of_images = (finding for post in posts if post.pictured for finding in images_have_words(post, root))
    return [*findings, *of_all, *of_images, *corrections_have_been_made(corpus)]


@dataclass(frozen=True)
class Alone:
    """What is wrong with each post by itself."""

    vocabulary: Vocabulary
    ledger: Ledger
    max_share: float

    @cached_property
    def _given(self) -> str:
        return sha256(f"{self.max_share} {self.vocabulary.model_dump_json()}".encode()).hexdigest()[:16]

    def key(self, post: Post) -> str:
        """The key under which a memo keeps what was found: another one if the post, or what it is judged by, is another."""
        return f"{self._given} {post.digest} {post.path}"

    def told(self, post: Post) -> tuple[tuple[int, str, str], ...]:
        """What was found in a post, as plain data: line, rule, message."""
        evidence = Evidence(post, self.vocabulary, self.ledger, self.max_share)
        findings = chain(
            (finding for check in POST_CHECKS.values() for finding in check(post)),
            (finding for check in QUOTATION_CHECKS.values() for finding in check(evidence)),
            excuses_are_possible(post),
        )
        return tuple((f.line, f.rule, f.message) for f in findings)


def excuses_are_possible(post: Post) -> Iterator[Finding]:
    """`allow` excuses a post from editorial rules only; it cannot make a broken text whole."""
    for rule in post.allow:
        if rule in RULES and not RULES[rule].excusable:
            yield found(
                post.path,
                post.line("allow"),
                "unknown-rule",
                f"no post can be excused from {rule}; mend what it names and take {rule} out of allow",
            )


def explanation(rule: str) -> str:
    """What a rule asks, why, and the way out: its check's docstring, or its own text. KeyError: no such rule."""
    tables = (POST_CHECKS, CORPUS_CHECKS, QUOTATION_CHECKS, IMAGE_CHECKS)
    check = next((table[rule] for table in tables if rule in table), None)
    return inspect.getdoc(check) or "" if check else RULES[rule].explanation
