"""Tests of the border with Pelican: real runs of its command, in processes of their own."""
