"""What an author types in a body, and what a reader sees of it."""
