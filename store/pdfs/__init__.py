"""The PDFs of papers, in a folder of the user's choice, with readable names."""
