"""Feed adapters: pure functions from bytes to papers and problems, a file for each format."""
