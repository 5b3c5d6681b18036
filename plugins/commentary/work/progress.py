"""How a long run tells how far it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

MANY = 200  # items that are worth a bar
OFTEN = 0.1  # seconds


class Progress(Protocol):
    """Hands items on, and shows them go by."""

    def __call__(self, items: Iterable[T], total: int) -> Iterator[T]:
        """The items, of which there will be `total`."""


def unseen(items: Iterable[T], total: int) -> Iterator[T]:  # noqa: ARG001 - the protocol's
    """The items, without a word."""
    return iter(items)


def on_terminal(task: str, *, slow: bool = False) -> Progress:
    """Shows on a terminal's stderr how far the items are, if there are many, or each is `slow` as over a network.

    For slow ones a thread keeps the clock going; a build has none, which would keep it from forking.
    """

    def shown(items: Iterable[T], total: int) -> Iterator[T]:
        if total < MANY and not slow:
            yield from items
            return
        from rich.console import Console  # noqa: PLC0415 - 8 ms that a build of few posts need not wait for
        from rich.progress import Progress as Bar  # noqa: PLC0415

        console = Console(stderr=True)
        if not console.is_terminal:
            yield from items
            return
        with Bar(console=console, transient=True, auto_refresh=slow) as bar:
            if slow:
                yield from bar.track(items, total, description=task)
                return
            row, told = bar.add_task(task, total=total), 0.0
            for count, item in enumerate(items, 1):
                if time.monotonic() - told > OFTEN:
                    bar.update(row, completed=count, refresh=True)
                    told = time.monotonic()
                yield item

    return shown
