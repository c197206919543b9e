"""The watch: what becomes of papers after they were starred."""
