"""A department's working time, ready to compute with. A version never changes, so each process compiles it once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from desk import clock as times
from desk import db
from desk.i18n import Refused, either
from desk.sla.rules import days, instants, zones
from desk.sla.rules import format as formats
from desk.sla.rules.compiled import Compiled
from desk.sla.rules.days import Cutoff
from desk.sla.rules.events import Event, opened
from desk.sla.rules.facts import Owed, explain, provisional
from desk.sla.rules.kinds import Kind
from desk.sla.rules.policies import Standard
from desk.sla.rules.targets import Moment, SameDay, Target

_NEWEST = "select id from calendars where department = $1 order by version desc limit 1"
_VERSION = """
select c.id, c.department, c.version, c.definition, c.cutoff, c.official_until, d.name_zh, d.name_en
  from calendars c join departments d on d.id = c.department where c.id = $1
"""
_STALE = """
select n.department from (select distinct on (c.department) c.department, c.zone_data from calendars c
                            join departments d on d.id = c.department and d.closed_at is null
                           order by c.department, c.version desc) n
 where n.zone_data <> $1 order by n.department
"""


@dataclass(frozen=True, kw_only=True)
class Clock:
    id: int
    department: int
    name_zh: str  # of the department
    name_en: str
    version: int
    compiled: Compiled
    cutoff: Cutoff | None
    official_until: date | None = None  # the last day whose public holidays are published

    def owed(self, events: Iterable[Event], target: Target, now: int, *, every_day: bool = False) -> Owed:
        """What a promise with this history owes, and why; what lies beyond the published holidays is provisional."""
        owed = explain(events, target, self.compiled, now, every_day=every_day)
        until = None if isinstance(target, Moment) else self.official_until
        return provisional(owed, until, self.compiled)

    def promised(self, under: Standard, kind: Kind, at: datetime) -> Owed:
        """What a promise under a standard would owe if it were given at an instant."""
        start = instants.seconds(at)
        return self.owed([opened(start, under, kind)], self.with_cutoff(under.target(kind)), start)

    def today(self, at: datetime) -> date:
        """The department's day: what a marker says of time."""
        return date.fromordinal(instants.local_day(instants.seconds(at), self.compiled.zone))

    def is_in_hours(self, at: datetime) -> bool:
        return days.is_in_hours(self.compiled, instants.seconds(at))

    def name(self, language: str) -> str:
        """Of the department whose calendar it is: whoever gave a word stays its giver when the request moves on."""
        return either(language, self.name_zh, self.name_en)

    def same_day(self) -> SameDay:
        return SameDay(cutoff=self.cutoff)

    def with_cutoff(self, target: Target) -> Target:
        """A service says "the same day"; which hour still counts is the department's word."""
        if isinstance(target, SameDay) and target.cutoff is None:
            return SameDay(cutoff=self.cutoff, extra_days=target.extra_days)
        return target


_compiled: dict[tuple[int, int], Clock] = {}  # by the pool that the id is of, and the id


async def clock(department: int) -> Clock:
    """The newest version of a department's calendar. Refused when it has none."""
    calendar = await newest(department)
    if calendar is None:
        raise Refused("sla.no_calendar")
    return await version(calendar)


async def newest(department: int) -> int | None:
    """The id of the newest version."""
    calendar: int | None = await db.call(_NEWEST, department)
    return calendar


async def all_clocks() -> list[Clock]:
    """The newest of every department that has one."""
    rows = await db.fetch("select distinct on (department) id from calendars order by department, version desc")
    return [await version(row["id"]) for row in rows]


async def with_old_zone_data() -> list[int]:
    """Departments whose newest calendar was checked with other zone data than this desk has."""
    return [row["department"] for row in await db.fetch(_STALE, zones.VERSION)]


async def calendar_count(department: int) -> int:
    count: int = await db.call("select count(*) from calendars where department = $1", department)
    return count


async def version(calendar: int) -> Clock:
    of = (db.ENGINE.opened, calendar)
    if of not in _compiled:
        row = await db.fetch_one(_VERSION, calendar)
        assert row is not None, f"calendar {calendar} is named by a foreign key"
        _compiled[of] = _compile(row)
    return _compiled[of]


def _compile(row: Any) -> Clock:
    calendar = formats.parse(msgspec.json.decode(row["definition"]))
    return Clock(
        id=row["id"],
        department=row["department"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        version=row["version"],
        compiled=Compiled(calendar, near=instants.seconds(times.now()), version=row["version"]),
        cutoff=formats.cutoff(msgspec.json.decode(row["cutoff"])),
        official_until=row["official_until"],
    )
