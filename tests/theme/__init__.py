"""What holds for the theme's files, before any page is built."""
