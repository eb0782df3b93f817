"""When a letter counts as come (spec mail, item 17)."""

from datetime import datetime, timedelta

LONGEST_WAY = timedelta(days=3)


def came_at(received: datetime | None, kept_at: datetime) -> datetime:
    """What the nearest server says, where it can be so; else when the desk took it."""
    if received is None or received > kept_at or kept_at - received > LONGEST_WAY:
        return kept_at
    return received
