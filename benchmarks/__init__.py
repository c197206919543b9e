"""Measurements of what a user waits for, on real libraries and in a real pseudo-terminal."""
