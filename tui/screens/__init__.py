"""Screens: the reader and its dialogs."""
