"""Pictures in a terminal: what it can show, and how."""
