"""Views: filters with a name, the file that stores them, and undoing their changes."""
