"""How much is open, as pure values (specs/disclosure.md, openness report)."""
