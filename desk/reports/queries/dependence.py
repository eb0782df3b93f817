"""On whom a department depends, from migrations/sql/flows.sql: never a person's name."""

from msgspec import Struct

from desk import db
from desk.reports.queries.figures import Window
from desk.reports.rules.rates import NONE, Rate

_POINTS = "select service, n, people, most from report_single_points($1, $2, $3) order by service"
_REQUESTERS = "select department, n, people, most from report_requesters($1, $2, $3)"
_MUTUAL = "select other, part, n, kept from report_mutual($1, $2, $3, $4)"


class Point(Struct, frozen=True):
    """Of `n` resolutions of a service, shared by `people`, one of them did `most`."""

    service: int
    n: int
    people: int
    most: int


class Requesters(Struct, frozen=True):
    """`n` requests of `people`; `most` came from one of them; by requesting department."""

    n: int
    people: int
    most: int
    departments: dict[int, int]


class Mutual(Struct, frozen=True):
    """With another department: what this one promised and both held, what the other promised and both held, and the
    help that the other owed.
    """

    ours: Rate
    theirs: Rate
    help: Rate


async def single_points(of: Window) -> list[Point]:
    return [Point(**dict(row)) for row in await db.fetch(_POINTS, of.department, of.since, of.until)]


async def requesters(of: Window) -> Requesters:
    rows = await db.fetch(_REQUESTERS, of.department, of.since, of.until)
    departments = {row["department"]: row["n"] for row in rows if row["department"] is not None}
    whole = next((row for row in rows if row["department"] is None), None)
    return Requesters(whole["n"], whole["people"], whole["most"], departments) if whole else Requesters(0, 0, 0, {})


async def mutual(of: Window) -> dict[int, Mutual]:
    """By the other department."""
    rows = await db.fetch(_MUTUAL, of.department, of.since, of.until, of.moment)
    found = {(row["other"], row["part"]): Rate(row["kept"], row["n"]) for row in rows}
    return {
        other: Mutual(*(found.get((other, part), NONE) for part in ("ours", "theirs", "help")))
        for other in sorted({other for other, _ in found})
    }
