"""Texts from outside: one reader for each thing that is spelt in many ways."""
