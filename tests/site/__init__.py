"""Promises about the whole built site, kept over the shipped content."""
