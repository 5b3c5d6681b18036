"""Put the source's words in an altered excerpt's place, keeping the layout of the post."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commentary.capture.scaffold import quote
from commentary.errors import PostSyntaxError
from commentary.quotation.nearest import Change
from commentary.reading.parse import parse_post
from commentary.snapshots.judging import judge
from commentary.work.mend import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from commentary.model import Excerpt
    from commentary.settings import Settings
    from commentary.snapshots.store import Snapshot
    from commentary.work.verify import Outcome

_CLOSING = re.compile(r"[*_\])]+")  # marks that end with the word before
_WORDS = re.compile(r"\w")  # of the excerpt, none of which a change may skip
_TARGETS = re.compile(r"\]\(\S*|\{:[^}]*\}")  # of links, and marks: words that are none of the excerpt's
_OURS = re.compile(r">\s*(?:—|--|\{:)|\{:")  # attributions and marks, which no rewriting may lose


def rewriting(settings: Settings, outcome: Outcome, snapshot: Snapshot) -> Edit | None:
    """The edit by which an altered excerpt would stand in the copy; None if it takes an author. Nothing is written."""
    nearest = outcome.verification.nearest if outcome.verification else None
    if not nearest or outcome.excerpt.original or _cuts_before_a_mark(nearest.changes):
        return None
    try:
        before = (settings.root / outcome.post.path).read_bytes().decode()
    except (OSError, UnicodeDecodeError):  # as it is by now
        return None
    now = _read(settings, outcome, before)
    if now is None or now.paragraphs != outcome.excerpt.paragraphs:
        return None
    lines = before.split("\n")
    start = now.line - 1  # which other edits may have moved
    end = next((n for n in range(start, len(lines)) if not lines[n].lstrip().startswith(">")), len(lines))
    for block in _versions(lines[start:end], nearest.changes, nearest.text):
        after = "\n".join([*lines[:start], *block, *lines[end:]])
        if after != before and _stands(settings, outcome, after, snapshot):
            return Edit(outcome.post.path, before, after)
    return None


def _cuts_before_a_mark(changes: Sequence[Change]) -> bool:
    """Whether an interpolation would go, or words before one with nothing in their place.

    One that stands for many words hides where the passage begins, and what is before it is no mistake.
    """
    following = [*changes[1:], Change("equal", "")]
    return any(
        change.operation == "delete" and ("[" in change.text or (after.operation == "equal" and after.text[:1] == "["))
        for change, after in zip(changes, following, strict=True)
    )


def _versions(block: list[str], changes: Iterable[Change], text: str) -> Iterator[list[str]]:
    """The block with only the changed words replaced; else written anew, if that loses nothing of the author's."""
    ending = "\r" if block[0].endswith("\r") else ""
    if replaced := _replaced("\n".join(line.rstrip("\r") for line in block), changes):
        yield [line + ending for line in replaced.split("\n")]
    if not any(_OURS.match(line.strip()) for line in block):
        yield [line + ending for line in quote(text.replace("\n", "\n\n")).split("\n")]


def _replaced(block: str, changes: Iterable[Change]) -> str | None:
    """The Markdown of an excerpt after the changes, word by word; None if it does not read as the changes do."""
    written = ""
    at = 0
    gap: str | None = None  # what stood before the words deleted last
    spaced = True  # whether white space follows, in the source, what was written last
    inserted = False  # whether that was not in the block, which knows nothing of it
    for operation, text in changes:
        for word in text.split() if operation != "insert" else ():
            found = block.find(word, at)
            if found < 0 or _WORDS.search(_TARGETS.sub("", block[at:found])):
                return None
            if operation == "equal":
                between = block[at:found]
                written += (between or " ") if spaced else between.lstrip(" ") if inserted else between
                written += word
                gap, spaced, inserted = None, True, False
            elif gap is None:
                closing = _CLOSING.match(block, at)
                written += closing[0] if closing else ""
                gap = block[at + len(closing[0]) : found] if closing else block[at:found]
            at = found + len(word)
        if operation == "insert":
            written += (gap or " ") if spaced else ""
            written += " ".join(text.split())
            gap, inserted = "", True
        if operation != "delete":
            spaced = text[-1:].isspace()
    return written + block[at:]


def _stands(settings: Settings, outcome: Outcome, text: str, snapshot: Snapshot) -> bool:
    excerpt = _read(settings, outcome, text)
    return excerpt is not None and judge(excerpt, snapshot, at=outcome.post.posted).verification.verdict.stands


def _read(settings: Settings, outcome: Outcome, text: str) -> Excerpt | None:
    """The excerpt in another text of its post; None if that has lost or gained any."""
    try:
        excerpts = parse_post(text, path=outcome.post.path, zone=settings.site.zone).excerpts
    except PostSyntaxError:
        return None
    if len(excerpts) != len(outcome.post.excerpts):
        return None
    return excerpts[outcome.post.excerpts.index(outcome.excerpt)]
