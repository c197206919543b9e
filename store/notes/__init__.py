"""Notes as files: a Markdown file a paper in a folder of the user's, whose edits come back."""
