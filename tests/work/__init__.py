"""Use cases, run on real projects."""
