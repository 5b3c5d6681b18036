"""Tests of commentary.plan."""
