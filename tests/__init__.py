"""Tests mirror the package; each is named for what it promises."""
