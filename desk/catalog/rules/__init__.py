"""What a service is, what its form takes, who gets a request, and which service somebody means. Pure."""
