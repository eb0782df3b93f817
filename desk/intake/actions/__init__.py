"""What becomes of a letter."""
