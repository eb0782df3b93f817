"""Reports that a letter could not be delivered (RFC 3464, and what servers send instead)."""
