"""Feed adapters: pure functions from bytes to papers and problems."""
