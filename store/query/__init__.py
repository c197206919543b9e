"""The query language: fields, syntax, meaning, and what a query looked for."""
