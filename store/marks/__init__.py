"""Marks: last-writer-wins cells, their history, in memory, on disk, between machines."""
