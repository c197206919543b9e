"""The reader: one screen that coordinates plain objects over a session."""
