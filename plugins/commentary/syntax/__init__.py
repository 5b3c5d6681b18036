"""The syntax of a post's body: excerpts with their marks, remarks in Markdown, and what HTML may come of both."""
