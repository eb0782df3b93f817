"""The lines of the policies, in the order in which they are asked."""

from datetime import datetime
from functools import lru_cache

import msgspec
from msgspec import Struct

from desk import db
from desk.sla.rules.policies import Line, Load

_LINES = """
select coalesce(json_agg(x order by x.place), '[]')::text
  from (select p.id, row_number() over (order by p.position, p.id) as place, p.name_zh as zh, p.name_en as en,
               p.service, p.priority, p.department, p.critical, p.reply, p.resolution
          from policies p where p.ended_at is null) x
"""
_FOR = f"select ({_LINES}) as lines, p.department, p.critical from people p where p.id = $1"  # noqa: S608
_ENDED = """
select p.name_zh as zh, p.name_en as en, p.made_at, p.ended_at from policies p
 where p.ended_at is not null order by p.ended_at desc, p.id desc limit 20
"""
_LOAD = "select carrying, at_work from critical_load($1, $2)"


class Held(Struct, frozen=True):
    """The lines; where a person works, and whether in a critical role."""

    lines: tuple[Line, ...]
    department: int
    critical: bool


class Ended(Struct, frozen=True):
    zh: str
    en: str
    made_at: datetime
    ended_at: datetime


async def lines() -> tuple[Line, ...]:
    return _read(await db.call(_LINES))


async def lines_for(person: int) -> Held:
    """The same, and what they may ask about a person: one trip, because every request is filed through here."""
    row = await db.fetch_one(_FOR, person)
    assert row is not None, f"person {person} is named by a foreign key"
    return Held(_read(row["lines"]), row["department"], row["critical"])


async def ended() -> list[Ended]:
    """The last 20, newest first."""
    return [Ended(*row) for row in await db.fetch(_ENDED)]


async def load_with(department: int, ticket: int | None) -> Load:
    """As if a request (None: a new one) carried a critical target. Two who ask at once follow each other."""
    row = await db.fetch_one(_LOAD, department, ticket)
    assert row is not None, "a function with out parameters has a row"
    return Load(row["carrying"] + 1, row["at_work"] + (ticket is None))


@lru_cache(maxsize=8)
def _read(text: str) -> tuple[Line, ...]:
    """They change a few times a year."""
    return msgspec.json.decode(text, type=tuple[Line, ...])
