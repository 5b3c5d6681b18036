"""Text to data: a Markdown file becomes a frozen post, or findings that say which line to mend."""
