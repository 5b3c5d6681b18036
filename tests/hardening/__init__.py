"""The faults that the threat model speaks of, each by name."""
