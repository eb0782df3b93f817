"""The only source of time. Read it once per action and pass it on."""

from datetime import UTC, datetime

from desk import settings


def now() -> datetime:
    """The present instant, UTC. Tests may hold it still in the file that DESK_CLOCK names."""
    held = settings.current().clock
    if held is not None:
        return datetime.fromisoformat(held.read_text().strip()).astimezone(UTC)
    return datetime.now(UTC)
