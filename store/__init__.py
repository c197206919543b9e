"""The library of papers and marks, without a screen: never imports textual, rich or tui."""
