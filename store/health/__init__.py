"""Find problems of a library, and fix them."""
