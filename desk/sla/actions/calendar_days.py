"""The days of a calendar version as the database adds them up; SQL itself never converts wall time."""

from datetime import datetime

from desk import db
from desk.sla.queries import clocks
from desk.sla.rules import instants, utc_days
from desk.sla.rules.utc_days import LENGTH

AHEAD, ENOUGH = 400, 200  # days that are laid out, and that are left when more are laid out
BEHIND = 92  # a calendar may be made after what is told on it: a quarter
_LAST = "select day, before from calendar_days where calendar = $1 order by day desc limit 1"
_ADD = """
insert into calendar_days (calendar, day, before, from1, to1, from2, to2, from3, to3, more)
select $1, d.day, d.before, d.from1, d.to1, d.from2, d.to2, d.from3, d.to3, d.more::integer[]
  from unnest($2::integer[], $3::integer[], $4::integer[], $5::integer[], $6::integer[], $7::integer[], $8::integer[],
              $9::integer[], $10::text[]) d (day, before, from1, to1, from2, to2, from3, to3, more)
on conflict (calendar, day) do nothing
"""


async def lay_out(calendar: int, *, at: datetime) -> None:
    """From a quarter before `at`, or on from the days that are there; nothing while enough are still to come."""
    compiled, today = (await clocks.version(calendar)).compiled, utc_days.day_of(instants.seconds(at))
    last = await db.fetch_one(_LAST, calendar)
    first, before = today - BEHIND, 0
    if last is not None:
        if last["day"] >= today + ENOUGH:
            return
        first, begins = last["day"] + 1, last["day"] * LENGTH
        before = last["before"] + compiled.between(begins, begins + LENGTH)
    days = utc_days.cut(compiled, first, today + AHEAD, before)
    rows = [(*day[:-1], f"{{{','.join(map(str, day.more))}}}") for day in days]
    await db.call(_ADD, calendar, *(list(column) for column in zip(*rows, strict=True)))
