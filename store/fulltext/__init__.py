"""The full text of a paper: its sources, its form, its storage."""
