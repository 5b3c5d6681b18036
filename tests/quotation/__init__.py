"""Excerpts against the text of their sources."""
