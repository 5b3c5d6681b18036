"""Use cases: one a file, what the two adapters (Pelican and the command line) call."""
