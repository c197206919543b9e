"""Widgets of the reader; they know values and rendering, never the library."""
