"""Counts that every employee may know, and words of the reader's own that may be due for opening."""
