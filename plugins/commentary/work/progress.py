"""How a long run tells how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")


class Progress(Protocol):
    """Hands items on, and shows them go by."""

    def __call__(self, items: Iterable[T], total: int) -> Iterator[T]:
        """The items, of which there will be `total`."""


def unseen(items: Iterable[T], total: int) -> Iterator[T]:  # noqa: ARG001 - the protocol's
    """The items, without a word."""
    return iter(items)
