"""HTML, JATS and MathML as plain text."""
