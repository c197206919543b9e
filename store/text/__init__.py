"""Text from outside: one reader for each thing with several spellings."""
