"""How long a test waits for what has to come."""

DEADLINE = 60.0
"""Seconds after which what has not come is a failure: more than any loaded machine needs."""
