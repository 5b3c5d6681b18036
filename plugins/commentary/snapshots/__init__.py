"""Saved copies of source pages, and what is read from them."""
