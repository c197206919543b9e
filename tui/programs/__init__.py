"""Programs of the user's own: what they are given, how they run, what comes back."""
