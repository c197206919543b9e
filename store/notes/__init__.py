"""Notes as Markdown files in a folder of the user's, and the changes that the user makes there."""
