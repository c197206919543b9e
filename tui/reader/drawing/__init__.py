"""What is drawn, as values: words, columns, pages. Pure."""
