"""How much of each long test is run: a seeded share of it by `make test`, all of it by `make soak`."""

import os

SOAK = os.environ.get("COMMENTARY_SOAK") == "1"
KILLS = 200 if SOAK else 6
DAMAGED_POSTS = 2_000 if SOAK else 150
ROUNDS = 8 if SOAK else 1  # of publishing, rolling back, killing and starving a site that is read
TOLD: list[str] = []


def tell(figures: str) -> None:
    """Say at the end of the run what a long test counted; a short one says nothing."""
    if SOAK:
        TOLD.append(figures)
