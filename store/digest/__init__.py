"""The digest: new papers as a message, which is printed or sent."""
