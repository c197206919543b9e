"""What the reader and the command line both do."""
