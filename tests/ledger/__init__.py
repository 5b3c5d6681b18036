"""Tests of commentary.ledger."""
