"""What a letter says, read from its bytes: pure, linear, and never with another exception than `Unread`."""
