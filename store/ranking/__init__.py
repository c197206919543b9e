"""Ranking: words of abstracts, any words, related papers, what one likes; in memory alone."""
