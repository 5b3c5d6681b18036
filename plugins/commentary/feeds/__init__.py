"""Feeds, built as trees from views; no clock, no markup by hand."""
