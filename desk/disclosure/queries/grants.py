"""What was asked for, granted and broken, as far as the reader may know it: through the functions of grants.sql."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from desk import db
from desk.disclosure.queries.markers import marker
from desk.disclosure.rules import Facts, Marker, Overreach

_LIVE = """
select g.*, p.name, b.name as by_name
  from live_grants($1) g join people p on p.id = g.person left join people b on b.id = g.by order by g.until, g.token
"""
_OWN = "select g.*, b.name as by_name from own_grants() g left join people b on b.id = g.by order by g.until, g.number"
_GLASS = """
select g.*, p.name, s.name as second_name, g.person = reader_person() as mine
  from glass_asked() g join people p on p.id = g.person left join people s on s.id = g.second
 order by g.asked_at desc
"""
_SINCE = {"raised_on": None, "prolonged": 0, "sealed_until": None}  # no facts of what is asked for


class Asked(Struct, frozen=True, kw_only=True):
    """What an access request asks for. `number`: of the request under which it stands, where the reader may know it."""

    number: int | None
    person: int
    marker: Marker
    until: date


class Live(Struct, frozen=True, kw_only=True):
    """`number` 0: of the request at hand. `portions`: how many a single act of granting opened."""

    token: str
    name: str
    until: datetime
    by: str
    why: str
    glass: bool
    portions: int
    number: int = 0


class Glass(Struct, frozen=True, kw_only=True):
    token: str
    name: str
    number: int
    why: str
    minutes: int
    asked_at: datetime
    second: str | None
    agreed_at: datetime | None
    mine: bool


async def stands(asked: Facts) -> bool:
    """Whether a marker with these facts stands before the reader now."""
    found: bool = await db.call("select marker_stands($1, $2, $3, $4, $5, $6)", asked.of_number, *asked[1:])
    return found


async def open_ask(asked: Facts) -> int | None:
    """The number of the reader's own access request for the same that is still open."""
    number: int | None = await db.call("select open_ask($1, $2, $3, $4, $5, $6)", asked.of_number, *asked[1:])
    return number


async def asked_by(number: int) -> Asked | None:
    row = await db.fetch_one("select * from asked_access($1)", number)
    return row and Asked(
        number=row["of_number"], person=row["person"], marker=marker({**row, **_SINCE}), until=row["until"]
    )


async def asked_portions(number: int) -> list[str]:
    """Items of what is asked for that the reader READs: what could be granted."""
    return [row["item"] for row in await db.fetch("select item from asked_portions($1)", number)]


async def check_may_grant(items: Sequence[str], until: datetime) -> None:
    """Raises Overreach."""
    for row in await db.fetch("select grant_fault(item, $2) as fault from unnest($1::text[]) item", list(items), until):
        if row["fault"] is not None:
            raise Overreach(row["fault"])


async def live(number: int) -> list[Live]:
    return [_live(row, row["name"]) for row in await db.fetch(_LIVE, number)]


async def own() -> list[Live]:
    return [_live(row, "", row["number"]) for row in await db.fetch(_OWN)]


async def glass() -> list[Glass]:
    """Of the last day: one's own, and what waits for a second person whom the reader could be."""
    names = ("token", "name", "number", "why", "minutes", "asked_at", "agreed_at", "mine")
    return [Glass(second=row["second_name"], **{name: row[name] for name in names}) for row in await db.fetch(_GLASS)]


def _live(row: Any, name: str, number: int = 0) -> Live:
    return Live(
        token=row["token"], name=name, until=row["until"], by=row["by_name"] or "", why=row["why"],
        glass=row["kind"] == "glass", portions=row["portions"], number=number,
    )  # fmt: skip
