"""Feeds, made of views; no clock, and one place that escapes."""
