"""A report: what the findings amount to on this site, and how they are shown."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from commentary.findings import ERROR, NOTE, RULES, WARNING, Finding, count
from commentary.quotation.share import share_of_post
from commentary.standing import share_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from commentary.corpus import Corpus
    from commentary.ledger import Ledger
    from commentary.model import Post
    from commentary.settings import Settings

_GITHUB = {ERROR: "error", WARNING: "warning", NOTE: "notice"}


def judge(findings: Iterable[Finding], posts: Iterable[Post], settings: Settings) -> list[Finding]:
    """The findings that stand: less those that a post's `allow` excuses, with the site's severities, sorted.

    Only a rule that is `excusable` can be excused. Judging twice changes nothing.
    """
    excused = {(p.path, rule) for p in posts for rule in p.allow if rule in RULES and RULES[rule].excusable}
    return sorted(
        {
            replace(finding, severity=settings.severity(finding.rule))
            for finding in findings
            if (finding.path, finding.rule) not in excused
        }
    )


def exit_status(findings: Iterable[Finding], *, strict: bool = False) -> int:
    """1 if any finding is an error, or under `strict` a warning; else 0."""
    return int(any(finding.severity >= (WARNING if strict else ERROR) for finding in findings))


def as_json(findings: Sequence[Finding]) -> str:
    """A list of objects with path, line, severity, rule and message."""
    rows = [
        {"path": f.path, "line": f.line, "severity": str(f.severity), "rule": f.rule, "message": f.message}
        for f in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(findings: Iterable[Finding]) -> str:
    """A GitHub workflow command for each finding, which shows it at its line of a pull request.

    The escapes are those of @actions/core (packages/core/src/command.ts).
    """
    return "".join(
        f"::{_GITHUB[f.severity]} file={_property(f.path)},line={f.line},title={_property(f.rule)}::{_data(f.message)}\n"
        for f in findings
    )


def summary(findings: Iterable[Finding], *, posts: int) -> str:
    """All of them in one line: `2 errors and 1 warning in 10 posts`."""
    counts = Counter(finding.severity for finding in findings)
    parts = [count(counts[severity], str(severity)) for severity in (ERROR, WARNING, NOTE) if counts[severity]]
    told = " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]])) or "no findings"
    return f"{told} in {count(posts, 'post')}"


def shares(corpus: Corpus, ledger: Ledger) -> str:
    """A line for each post that quotes: how much of its sources it quotes (`?`: not compared yet), and of itself."""
    return "".join(
        f"{post.path}: {_percent(_of_sources(post, ledger))} of the source, {_percent(share_of_post(post))} of the post\n"
        for post in corpus.posts
        if post.excerpts
    )


def _of_sources(post: Post, ledger: Ledger) -> float | None:
    """Of the source that is quoted most."""
    known = (share_of(post, source.key, ledger.of_source(source)) for source in post.sources)
    return max((share for share in known if share is not None), default=None)


def _percent(share: float | None) -> str:
    return "?" if share is None else f"{share:.0%}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
