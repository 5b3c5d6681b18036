"""What every test relies on."""

from __future__ import annotations

import signal
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import settings

from tests.factories import REPOSITORY

if TYPE_CHECKING:
    import pytest

# A deadline for each example fails on a busy machine, and says nothing of the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# A shell has what it starts in the background ignore interrupts, and so would the programs that tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What takes long with few tests. It begins first, so that no processor is left with it when the others are done.
LONGEST = (
    "work/test_sequences.py",
    "work/test_incremental.py",
    "work/test_unchanged.py",
    "work/test_outputs.py",
    "browser/test_serve.py",
    "pelican_plugin/test_engine.py",
    "hardening/test_same_bytes.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files, then the others by how many tests they have, as xdist has them."""
    ranks = {REPOSITORY / "tests" / name: rank for rank, name in enumerate(LONGEST)}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (ranks.get(item.path, len(ranks)), -tests[item.path]))
