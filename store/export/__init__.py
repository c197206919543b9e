"""Papers in the formats of other programs: pure functions from values to text, a file for each."""
