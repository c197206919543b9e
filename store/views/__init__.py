"""Views: filters under a name, the file that keeps them, and taking back their changes."""
