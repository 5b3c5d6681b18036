"""The command line, run as an author runs it."""
