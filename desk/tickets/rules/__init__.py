"""What may be done with a request, and what words and files it takes. Pure."""
