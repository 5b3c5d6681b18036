"""What every test relies on."""

from __future__ import annotations

from hypothesis import settings

# A deadline for each example fails on a busy machine, and says nothing of the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
