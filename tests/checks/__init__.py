"""The editorial rules and their report."""
