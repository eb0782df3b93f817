"""What leaves the desk as a letter: one for each recipient, written as they read it, frozen, then handed over."""
