"""What letters mean, as far as it follows from values."""
