"""Topics that a page seems to be about: those whose names stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commentary.vocabulary import Vocabulary

MOST = 3
_HEADLINE_WEIGHT = 5  # a name in the headline counts as often as this


def propose_topics(vocabulary: Vocabulary, *, headline: str, text: str) -> tuple[str, ...]:
    """The slugs of at most three declared topics whose names or synonyms stand in a page, the commonest first."""
    searched = f"{headline}\n" * _HEADLINE_WEIGHT + text
    counts = {}
    for topic in vocabulary.topics:
        names = "|".join(re.escape(name) for name in (topic.name, *topic.synonyms))
        # Korean sets its particles straight after a name.
        counts[topic.slug] = len(re.findall(rf"\b(?:{names})(?![A-Za-z])", searched, re.IGNORECASE))
    ranked = sorted((slug for slug, count in counts.items() if count), key=lambda slug: -counts[slug])
    return tuple(ranked[:MOST])
