"""A calendar is never changed, only followed by its next version: old promises keep the one they were made with.

from desk.sla.actions import calendars
await calendars.save(department, Version(calendar=..., cutoff=USUAL))
"""

import msgspec

from desk import clock, db
from desk.directory import queries as directory
from desk.i18n import Refused
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.locks import STAFF
from desk.sla.actions import calendar_days
from desk.sla.queries.calendars import calendar_of
from desk.sla.rules import format as formats
from desk.sla.rules import instants, sound, zones
from desk.sla.rules.keepers import check_may_keep
from desk.sla.rules.outlook import check_opens_again
from desk.sla.rules.sheet import Version

# A version number that somebody else took meanwhile gives no row instead of an error.
_ADD = """
insert into calendars (department, version, definition, cutoff, official_until, zone_data, made_at, made_by)
select $1, n.version, $3, $4, $5, $6, $7, $8
  from (select coalesce(max(version), 0) + 1 as version from calendars where department = $1) n
 where $2::int is null or n.version = $2 + 1
on conflict (department, version) do nothing returning id, version
"""


async def check_keeps() -> None:
    """Raises Forbidden."""
    check_may_keep(await directory.roles(db.reader().person))


async def save(department: int, version: Version, *, seen: int | None = None) -> int:
    """The next version; promises that are open are not changed here. Returns its number.

    Raises Forbidden, Invalid, Refused.

    `seen`: the version that was on the screen (0: none); when another one came meanwhile nothing is written.
    """
    await check_keeps()
    check_opens_again(version.calendar, instants.seconds(clock.now()))
    sound.check(version.calendar)
    return await _write(department, version, seen)


async def _write(department: int, version: Version, seen: int | None) -> int:
    at = clock.now()
    made = await db.fetch_one(
        _ADD, department, seen, _json(formats.document(version.calendar)),
        _json(formats.cutoff_document(version.cutoff)), version.official_until, zones.VERSION, at, db.reader().person,
    )  # fmt: skip
    if made is None:
        raise Refused("calendars.changed_meanwhile")
    number: int = made["version"]
    await calendar_days.lay_out(made["id"], at=at)
    await journal.write(
        Tag.CALENDAR_CHANGED, f"department:{department}", at=at, audience=[STAFF], department=department, version=number
    )
    return number


async def check_again(department: int) -> None:
    """The newest version once more, with the zone data that this desk has now; what was kept is not judged again."""
    await check_keeps()
    kept = await calendar_of(department)
    if kept is not None and kept.held is not None:
        await _write(department, kept.held, kept.version)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
