"""Dialogs of the reader: each is dismissed with a value and holds no logic."""
