"""What the pages of a request ask besides the request itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import asyncpg

from desk import db
from desk.i18n import NotFound

Row: TypeAlias = asyncpg.Record


async def attachment(token: str) -> Row:
    """Raises NotFound."""
    row = await db.fetch_one(
        "select id, tier, name, kind, size, object from attachments where token = $1 and removed_at is null", token
    )
    if row is None:
        raise NotFound
    return row


def held(rows: Sequence[Mapping[str, Any]], end: datetime) -> dict[tuple[str, int | None], int]:
    """Wall seconds for each holder; they sum up to end - filing."""
    sums: dict[tuple[str, int | None], int] = {}
    for row in rows:
        holder = (row["holder"], row["department"])
        seconds = int(((row["until"] or end) - row["since"]).total_seconds())
        sums[holder] = sums.get(holder, 0) + seconds
    return sums
