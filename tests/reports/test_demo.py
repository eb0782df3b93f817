"""On the demo firm: every department's figures, from the ledger and from what is rolled, against plain loops."""

import json
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from desk import clock, db
from desk.demo import PASSWORD, telling
from desk.reports import jobs
from desk.reports.queries import figures
from desk.reports.queries.figures import Window
from desk.reports.rules.periods import Period
from desk.reports.rules.pieces import Rolls, pieces
from tests.reports import reference, reference_flow
from tests.reports.test_flow import _told as flow_told
from tests.reports.test_flow import _wanted as flow_wanted

_DEPARTMENTS = """
select d.id, h.person, c.definition from departments d join headships h on h.department = d.id and h.until is null
  join lateral (select definition from calendars where department = d.id order by version desc limit 1) c on true
"""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.fixture
async def told(desk: None, still: Any) -> Any:
    await telling.tell(PASSWORD)
    return still


@pytest.mark.usefixtures("told")
async def test_every_figure_of_the_demo_firm(superuser: asyncpg.Connection) -> None:
    now, counted = clock.now(), 0
    period = Period(now.date() - timedelta(days=40), now.date() + timedelta(days=10))
    lives, departments = await reference.lives(superuser), await superuser.fetch(_DEPARTMENTS)
    calendars = await superuser.fetch("select id, definition from calendars")
    every = {row["id"]: json.loads(row["definition"]) for row in calendars}
    assert await jobs.roll() > 0
    for row in departments:
        zone = ZoneInfo(json.loads(row["definition"])["tz"])
        lot = reference.owed(lives, row["id"], period.first, period.last, now, zone)
        async with db.acting_as(db.Reader(row["person"]), writing=False):
            rolls = (await figures.rolls({row["id"]: zone.key})).get(row["id"])
            for way in (rolls, None):
                counted += await _compared(row["id"], period, way, lot, zone, every)
    assert counted > 50
    await _flows(superuser, period, departments)
    assert len(departments) >= 4


async def _compared(
    of: int, period: Period, rolls: Rolls | None, lot: list[reference.Life], zone: ZoneInfo, every: dict[int, Any]
) -> int:
    """`every`: the definition of each version of a calendar; a promise runs by its own."""
    now, mondays = clock.now(), period.weeks()
    asked = pieces(of, period, rolls, lambda day: datetime.combine(day, time(), zone))
    told: dict[tuple[str, int, date], tuple[int, ...]] = {}
    for one in await figures.cells(asked, now):
        key, counts = (one.kind, one.service, mondays[one.week]), (one.n, one.failed, one.reopened, one.renewed)
        told[key] = tuple(map(sum, zip(told.get(key, (0, 0, 0, 0)), counts, strict=True)))
    assert told == reference.cells(lot, now, zone)
    spans = await figures.spans(asked, now)
    for kind in ("first_reply", "resolution"):
        wanted = reference.spans(lot, kind, lambda life: _working_by(every[life.row["calendar"]]))
        found = spans.get(kind)
        if found is None:
            assert wanted[:2] == (0, 0)
        else:
            assert (found.n, found.unanswered, found.business, found.wall) == wanted, (kind, found.unmeasured)
    return sum(counts[0] for counts in told.values())


async def _flows(root: asyncpg.Connection, period: Period, departments: list[Any]) -> None:
    """What came and went, and in whose hands it was."""
    seen = Counter[str]()
    for row in departments:
        zone = ZoneInfo(json.loads(row["definition"])["tz"])
        since, until = (datetime.combine(day, time(), zone) for day in (period.first, period.end))
        window = Window(row["id"], since, until, clock.now())
        found = await reference_flow.world(root, since, until, clock.now())
        async with db.acting_as(db.Reader(row["person"]), writing=False):
            told = await flow_told(window)
            readable = {one["number"] for one in await db.fetch("select number from tickets")}
        for name, wanted in flow_wanted(found, row["id"], readable).items():
            assert told[name] == wanted, (name, row["id"])
            seen[name] += bool(wanted)
    assert all(seen[name] for name in ("handovers", "hands", "sign_offs", "single_points")), seen


def _working_by(hours: dict[str, Any]) -> reference.Working:
    return lambda since, until: _working(since, until, hours)


def _working(since: datetime, until: datetime, hours: dict[str, Any]) -> int:
    """Minute by minute would be slower still: second spans of each day, less its breaks."""
    zone, total = ZoneInfo(hours["tz"]), timedelta()
    day = since.astimezone(zone).date()
    while day <= until.astimezone(zone).date():
        for opens, closes in _open(day, hours):
            start, end = (datetime.combine(day, time.fromisoformat(at), zone) for at in (opens, closes))
            total += max(timedelta(), min(end, until) - max(start, since))
        day += timedelta(days=1)
    return int(total.total_seconds())


def _open(day: date, hours: dict[str, Any]) -> list[tuple[str, str]]:
    name = day.isoformat()
    if name in hours.get("special", {}):
        spans = hours["special"][name]
    elif name in hours.get("holidays", []):
        return []
    else:
        spans = hours["weekly"].get(hours.get("workdays", {}).get(name) or _DAYS[day.weekday()], [])
    found = [tuple(span) for span in spans]
    for begins, ends in hours.get("breaks", []):
        found = [part for a, b in found for part in ((a, min(b, begins)), (max(a, ends), b)) if part[0] < part[1]]
    return found
