"""Posts before they are written."""
