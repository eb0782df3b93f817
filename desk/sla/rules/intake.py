"""When a letter counts from."""

BACKDATE = 72 * 3600  # wall seconds


def effective_start(processed: int, received: int | None, backdate: int = BACKDATE) -> int:
    """When our mail server had it, never in the future and never more than `backdate` seconds before we saw it."""
    return processed if received is None else min(processed, max(received, processed - backdate))
