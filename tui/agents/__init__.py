"""The library for assistants: what they may ask, and the protocol by which they ask it."""
