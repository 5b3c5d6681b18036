"""What every place that a site is published to can do, and how two states of a site differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from commentary.plan import Page


@dataclass(frozen=True, slots=True)
class Changes:
    """What publishing would do to the files that readers get: paths, in the order of the plan."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.removed)


def compare(before: Mapping[str, str], after: Mapping[str, str], pages: Sequence[Page]) -> Changes:
    """How a manifest differs from the one before it."""
    order = [page.path for page in pages if page.path in after]
    return Changes(
        new=tuple(path for path in order if path not in before),
        changed=tuple(path for path in order if path in before and before[path] != after[path]),
        removed=tuple(sorted(set(before) - set(after))),
    )


class Place(Protocol):
    """Somewhere that readers get a site from."""

    def stage(self) -> AbstractContextManager[Path]:
        """A folder to build in, for one process at a time; nobody reads it. It holds what is published now, or nothing."""

    def published(self) -> Mapping[str, str]:
        """The manifest of what readers get now; empty if that is nothing yet."""

    def switch(self, stage: Path, pages: Sequence[Page], changes: Changes) -> str:
        """Let readers get what is staged, and say in one line how. OutputError: they get what they got before."""
