"""Find papers fast: an index of words, abstracts in slices, corrections of typos, orders."""
