"""The ledger: what is known of each source, one fact a line, in files that git can merge."""

from commentary.ledger.facts import Judgement, Link, LinkState, Memento, Retrieval, Segment, excerpt_hash
from commentary.ledger.files import read_ledger, write_ledger
from commentary.ledger.known import Known, Ledger

__all__ = [
    "Judgement",
    "Known",
    "Ledger",
    "Link",
    "LinkState",
    "Memento",
    "Retrieval",
    "Segment",
    "excerpt_hash",
    "read_ledger",
    "write_ledger",
]
