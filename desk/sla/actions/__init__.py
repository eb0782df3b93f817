"""What is done to calendars and to the ledger."""
