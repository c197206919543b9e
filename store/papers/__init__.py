"""Papers on disk: what feeds said of them, which descriptions are one paper, months."""
