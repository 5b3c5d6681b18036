"""What machines read besides feeds."""
