"""Tests of commentary.publishing."""
