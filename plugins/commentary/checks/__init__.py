"""
The editorial rules: what must hold of posts that can be built but may be unwise.

A check is a generator of findings, named for what must hold; a table registers it under its rule.
"""

from __future__ import annotations

import inspect
from itertools import chain
from typing import TYPE_CHECKING

from commentary.checks.corpus import CORPUS_CHECKS, oldest_first
from commentary.checks.post import POST_CHECKS
from commentary.checks.quotation import QUOTATION_CHECKS, Evidence
from commentary.findings import RULES, Finding, found
from commentary.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commentary.corpus import Corpus
    from commentary.model import Post

__all__ = ["CORPUS_CHECKS", "POST_CHECKS", "QUOTATION_CHECKS", "explanation", "run"]


def run(corpus: Corpus, ledger: Ledger, *, max_share: float) -> list[Finding]:
    """Every breach of an editorial rule, excused or not, with the rules' default severities."""
    posts = oldest_first(corpus)
    evidence = Evidence(corpus, ledger, max_share)
    return list(
        chain(
            (finding for post in posts for check in POST_CHECKS.values() for finding in check(post)),
            (finding for check in CORPUS_CHECKS.values() for finding in check(corpus)),
            (finding for check in QUOTATION_CHECKS.values() for finding in check(evidence)),
            (finding for post in posts for finding in excuses_are_possible(post)),
        )
    )


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
    check = POST_CHECKS.get(rule) or CORPUS_CHECKS.get(rule) or QUOTATION_CHECKS.get(rule)
    return inspect.getdoc(check) or "" if check else RULES[rule].explanation
