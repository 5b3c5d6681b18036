"""Tests of commentary.feeds."""
