"""The terminal and the machine behind it: what they send and what they are asked for."""
