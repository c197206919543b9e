"""What the reader and the command line share."""
