"""The settings: a file, the environment, and what each table of them means."""
