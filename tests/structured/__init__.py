"""What machines read besides feeds is what was written, and nothing breaks out of it."""
