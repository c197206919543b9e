"""The full text of a paper: had, laid out, scrolled and searched."""
