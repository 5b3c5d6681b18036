"""Tests of commentary.images."""
