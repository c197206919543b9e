"""The watch: news of papers since they were starred."""
