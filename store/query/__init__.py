"""The query language: fields, syntax, meaning, and the words to highlight."""
