"""The full text of a paper: where it comes from, what is in it, what is kept of it."""
