"""Tests of commentary.templating."""
