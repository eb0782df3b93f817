"""What a letter is compared with."""
