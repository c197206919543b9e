"""Rules: queries that say what becomes of the papers they find when these arrive."""
