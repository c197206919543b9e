"""The PDFs of papers, in a folder of the user's choice under names that can be read."""
