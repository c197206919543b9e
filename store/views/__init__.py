"""Views: filters under a name, the file that keeps them, and undoing their changes."""
