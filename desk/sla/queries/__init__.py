"""What is read of calendars and of the ledger."""
