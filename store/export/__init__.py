"""Papers in the formats of other programs: pure functions from values to text, one a file."""
