"""Promises: calendars, clocks, targets and the ledger of what is owed to whom by when (specs/sla.md)."""
