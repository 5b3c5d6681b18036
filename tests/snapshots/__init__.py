"""The visible text of pages that we wrote ourselves."""
