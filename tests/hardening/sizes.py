"""How much of each long test is run: a seeded share of it by `make test`, all of it by `make soak`."""

import os

SOAK = os.environ.get("COMMENTARY_SOAK") == "1"
KILLS = 200 if SOAK else 6
DAMAGED_POSTS = 2_000 if SOAK else 150
