"""What is new in a reply."""
