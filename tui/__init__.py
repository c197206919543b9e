"""The terminal reader: screens and widgets over the store, and the command line."""
