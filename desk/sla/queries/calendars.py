"""Calendars as administrators keep them: every version, who made it and when."""

from datetime import date, datetime

import asyncpg
import msgspec
from msgspec import Struct

from desk import db
from desk.i18n import either
from desk.sla.rules import format as formats
from desk.sla.rules.sheet import Version

_NEWEST = """
select distinct on (d.id) d.id as department, d.code, d.name_zh, d.name_en, c.version, c.definition, c.cutoff,
       c.official_until, c.made_at, p.name as made_by
  from departments d
  left join calendars c on c.department = d.id
  left join people p on p.id = c.made_by
 where ($1::text is null or d.code = $1) and ($1 is not null or d.closed_at is null)
 order by d.id, c.version desc
"""
_HISTORY = """
select c.version, c.made_at, p.name as made_by from calendars c left join people p on p.id = c.made_by
 where c.department = $1 order by c.version desc limit 20
"""


class Kept(Struct, frozen=True, kw_only=True):
    """A department with the newest version of its calendar; `version` is 0 when it has none yet."""

    department: int
    code: str
    name_zh: str
    name_en: str
    version: int
    held: Version | None
    made_at: datetime | None
    made_by: str | None

    def name(self, language: str) -> str:
        return either(language, self.name_zh, self.name_en)


class Made(Struct, frozen=True):
    version: int
    made_at: datetime
    made_by: str | None  # None: the desk itself


async def calendars() -> list[Kept]:
    """Of every department that is open, in the order of their codes."""
    return sorted([_kept(row) for row in await db.fetch(_NEWEST, None)], key=lambda kept: kept.code)


async def calendar(code: str) -> Kept | None:
    """None for an unknown department."""
    row = await db.fetch_one(_NEWEST, code)
    return _kept(row) if row else None


async def calendar_of(department: int) -> Kept | None:
    """The same by the department's id."""
    code = await db.call("select code from departments where id = $1", department)
    return None if code is None else await calendar(code)


async def history(department: int) -> list[Made]:
    """The newest 20 versions, newest first."""
    return [Made(*row) for row in await db.fetch(_HISTORY, department)]


def _kept(row: asyncpg.Record) -> Kept:
    held = None
    if row["version"] is not None:
        held = _version(row["definition"], row["cutoff"], row["official_until"])
    names = {name: row[name] for name in ("department", "code", "name_zh", "name_en", "made_at", "made_by")}
    return Kept(**names, version=row["version"] or 0, held=held)


def _version(definition: str, cutoff: str, official_until: date | None) -> Version:
    return Version(
        calendar=formats.parse(msgspec.json.decode(definition)),
        cutoff=formats.cutoff(msgspec.json.decode(cutoff)),
        official_until=official_until,
    )
