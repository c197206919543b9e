"""What is wrong with a library, and how to fix it."""
