"""Text from outside: made harmless, folded; addresses, dates and people's names read."""
