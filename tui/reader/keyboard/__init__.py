"""What keys do: the table of them, and what the settings change in it."""
