"""Short texts are looked at less closely, and refused all the same if they ask too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commentary.syntax import limits

_PIECES = ("[", "]", "(", "*", "|", "```\n", "~~~\n", "- ", "1. ", "> ", "    ", "\t", "---", "[^", "\n", "\n\n", "a")


def test_no_budget_is_smaller_than_what_a_modest_text_can_hold() -> None:
    assert limits.MAX_BLOCK_LINES <= limits.MAX_SHOWN
    assert limits.MAX_BLOCK <= limits.MAX_MARKS


@given(text=st.lists(st.sampled_from(_PIECES), max_size=40).map("".join), scale=st.integers(1, 6))
def test_a_modest_text_is_refused_for_what_any_text_is(text: str, scale: int) -> None:
    """With limits so low that short texts exceed them."""
    low = {
        "MAX_BLOCK": 20 * scale,
        "MAX_MARKS": 20 * scale,
        "MAX_BLOCK_LINES": scale,
        "MAX_SHOWN": scale,
        "MAX_REACH": 40 * scale,
        "MAX_CELLS": scale,
        "MAX_FENCES": scale,
        "MAX_NOTES": scale,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, most in low.items():
            patch.setattr(limits, name, most)
        found = limits.excess_of_document(text, 1)
        patch.setattr(limits, "_is_modest", lambda _: False)

        assert found == limits.excess_of_document(text, 1)
