"""Cells: counts by department and month, from migrations/sql/openness.sql; rules.cells says what may be shown."""

from collections import defaultdict
from datetime import date

from msgspec import Struct

from desk import db
from desk.disclosure.rules import LONGEST_TERM
from desk.openness.rules.cells import TIERS, Count, few
from desk.openness.rules.reviews import HONEST_REFUSALS
from desk.openness.rules.waiting import Wait

Cells = dict[tuple[int, date], list[int]]
_CELLS = "select department, month, tier, portions from openness_cells($1, $2)"
_WAITS = "select month, days, opened, portions from openness_waits($1, $2, $3)"
_OVERDUE = "select department, portions from openness_overdue($1, $2)"
_HONESTY = "select department, month, refused, corrected_self, corrected_disputed from openness_honesty($1, $2, $3)"


class Honesty(Struct, frozen=True):
    refused: Count
    corrected_self: Count
    corrected_disputed: Count


NOTHING_SAID = Honesty(few(0), few(0), few(0))


async def cells(since: date, until: date) -> Cells:
    """(department, first of the month) -> portions of tiers 0 to 4, by birth."""
    found: Cells = defaultdict(lambda: [0] * TIERS)
    for row in await db.fetch(_CELLS, since, until):
        found[row["department"], row["month"]][row["tier"]] = row["portions"]
    return dict(found)


async def waits(department: int, since: date, until: date) -> dict[date, list[Wait]]:
    found: dict[date, list[Wait]] = defaultdict(list)
    for row in await db.fetch(_WAITS, department, since, until):
        found[row["month"]].append(Wait(row["days"], row["opened"], row["portions"]))
    return dict(found)


async def overdue(today: date) -> dict[int, Count]:
    """As it stands, by the department that owns the words now; who is not there has nothing overdue."""
    rows = await db.fetch(_OVERDUE, today, list(LONGEST_TERM.values()))
    return {row["department"]: few(row["portions"]) for row in rows}


async def honesty(since: date, until: date) -> dict[tuple[int, date], Honesty]:
    rows = await db.fetch(_HONESTY, since, until, list(HONEST_REFUSALS))
    return {(row[0], row[1]): Honesty(*map(few, row[2:])) for row in map(tuple, rows)}
