"""What posts name and content/data/ does not declare, told only as far as it is known what is declared there."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from commentary.findings import Finding, found
from commentary.reading.vocabularies import RULE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TOPICS = "topics.yaml"
# The rules that a file of content/data/ decides; an attribution may name a source by its publication.
_DECIDED_BY = {
    "undeclared-topic": TOPICS,
    "unknown-story": "stories.yaml",
    "undeclared-publication": "publications.yaml",
    "attribution": "publications.yaml",
}


def missing_topics(findings: Iterable[Finding], folder: Path, root: Path) -> list[Finding]:
    """One finding if posts name topics and there is no topics.yaml. The first post of a site begins it."""
    posts = {finding.path for finding in findings if finding.rule == "undeclared-topic"}
    if len(posts) <= 1 or os.path.lexists(folder / TOPICS):
        return []
    way = "bring it back, or begin it anew with a line for each topic: `trade: {name: Trade}`"
    message = f"there is no such file, and {len(posts)} posts name topics; {way}"
    return [found((folder / TOPICS).relative_to(root).as_posix(), 1, RULE, message)]


def uncertain(findings: Iterable[Finding], of_data: Iterable[Finding]) -> set[Finding]:
    """Those findings that may be none once content/data/ is mended: what has a fault may declare it."""
    faulty = {PurePosixPath(finding.path).name for finding in of_data}
    return {finding for finding in findings if _DECIDED_BY.get(finding.rule) in faulty} if faulty else set()
