"""Parts of the plan that are as they were: their pages are known without being made."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from commentary.plan.page import Kind, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from commentary.caching import Memo
    from commentary.plan.inputs import Inputs

_KINDS = {kind.value: kind for kind in Kind}


class Sections:
    """The sections of a plan: pages that depend on the same posts, known by a text that is another whenever one of them is."""

    def __init__(self, memo: Memo) -> None:
        self._memo = memo

    def pages(self, key: str, make: Callable[[], Iterable[Page]]) -> list[Page]:
        """What `make` gives: pages with digests, and of no author's asking. It is called if one of them has to be rendered."""
        section = _Section(make)
        return [
            Page(path, _KINDS[kind], partial(section.inputs, path), None, digest, changed)
            for path, kind, digest, changed in self._memo.of(key, section.rows)
        ]


class _Section:
    def __init__(self, make: Callable[[], Iterable[Page]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> dict[str, Page]:
        return {page.path: page for page in self._make()}

    def rows(self) -> list[tuple[str, str, str | None, str | None]]:
        """All of the pages but what they are rendered from, as plain data."""
        return [(page.path, page.kind.value, page.digest, page.changed) for page in self._made.values()]

    def inputs(self, path: str) -> Inputs:
        """What one of them is rendered from."""
        return self._made[path].inputs
