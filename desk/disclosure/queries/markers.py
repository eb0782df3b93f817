"""Markers: the only way to know of what one may not read."""

from datetime import date
from typing import Any

from desk import db
from desk.disclosure.rules import Marker, Reason, Tier

OF_UPDATES = "select * from update_markers($1)"


def marker(row: Any) -> Marker:
    return Marker(
        tier=Tier(row["tier"]),
        owner_department=row["owner_department"],
        day=row["day"],
        reason=Reason(row["reason"]) if row["reason"] else None,
        opens_on=row["opens_on"],
        raised_on=row["raised_on"],
        prolonged=row["prolonged"],
        sealed_until=row["sealed_until"],
    )


async def of_request(number: int) -> Marker | None:
    row = await db.fetch_one("select * from ticket_marker($1)", number)
    return marker(row) if row else None


async def beside(department: int, *, since: date) -> list[Marker]:
    """The strip beside a department's list: requests there that this reader may not read, newest first, at most 20."""
    return [marker(row) for row in await db.fetch("select * from ticket_markers($1, $2)", department, since)]
