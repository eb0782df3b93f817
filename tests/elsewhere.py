"""A process that turns to another database knows nothing there of what it knew here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from desk import db
from desk.db.engine import ENGINE
from desk.sla.queries import forecasts


@asynccontextmanager
async def elsewhere(url: str) -> AsyncIterator[None]:
    """The desk of this process has another database, and afterwards the one it had."""
    before, forecasts.held.at = ENGINE.pool, None
    await db.open_pool(url)
    try:
        yield
    finally:
        await db.close_pool()
        ENGINE.pool, forecasts.held.at = before, None
        ENGINE.opened += 1  # ids mean other rows again
