"""The digest: what is new, as a message that is printed or sent."""
