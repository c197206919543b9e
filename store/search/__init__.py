"""Finding papers fast: an index of words, abstracts in slices, repair of typos, order."""
