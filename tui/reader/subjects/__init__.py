"""The subjects of the reader: plain objects that the screen puts together."""
