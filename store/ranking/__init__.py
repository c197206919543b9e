"""Rank papers: answers to questions, related papers, the user's taste; in memory only."""
