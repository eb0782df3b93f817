"""Across all locks, through one definer function that returns ids, never words."""

from datetime import datetime

from desk import db
from desk.queue import wake

PORTION = 1000  # rows that one transaction looks at


async def sweep(moment: datetime, *, at_most: int = PORTION) -> int:
    rows = await db.fetch("select promise from sweep_promises($1, $2)", moment, at_most)
    if rows:
        db.after_commit("wake", wake)
    return len(rows)
