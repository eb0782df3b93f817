"""What is read of requests. Row security decides which rows there are."""
