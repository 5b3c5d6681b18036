"""Promises about the content that this repository ships."""
