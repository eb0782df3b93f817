"""Figures, which count what the reader may not read, and rows, which leave it out."""
