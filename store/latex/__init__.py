"""TeX as Unicode, without losing a word."""
