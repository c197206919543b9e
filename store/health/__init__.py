"""What is wrong with a library, and what mends it."""
