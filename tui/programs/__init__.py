"""The programs that the user chose: their arguments, how they run, and their output."""
