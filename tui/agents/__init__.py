"""The library for assistants: what they can ask, and the protocol they use."""
