"""Promises that only a browser can keep: every test runs in a real Chromium."""
