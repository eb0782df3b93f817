"""What the doors to one calendar have in common: whose it is, and which month is looked at."""

from datetime import date

from desk import db
from desk.db import Reader
from desk.i18n import Refused
from desk.sla.actions import calendars as actions
from desk.sla.queries import calendars as queries
from desk.sla.queries.calendars import Kept
from desk.sla.rules import instants, outlook, zones
from desk.sla.rules.keepers import NoDepartment
from desk.sla.rules.outlook import Month
from desk.sla.rules.sheet import Version
from desk.web.page import now
from desk.web.viewer import AnyRequest


async def to_keep(reader: Reader, code: str) -> Kept:
    """Raises Forbidden for whoever keeps no calendars, NoDepartment."""
    async with db.acting_as(reader, writing=False):
        await actions.check_keeps()
        return known(await queries.calendar(code))


def known(kept: Kept | None) -> Kept:
    if kept is None:
        raise NoDepartment
    return kept


def held(kept: Kept) -> Version:
    """Raises Refused for a department without a calendar."""
    if kept.held is None:
        raise Refused("calendars.none_to_change")
    return kept.held


def today(request: AnyRequest, version: Version) -> date:
    """The department's day."""
    at = instants.seconds(now(request))
    return date.fromordinal(instants.local_day(at, zones.zone(version.calendar.tz)))


def month(request: AnyRequest, version: Version, asked: str) -> Month:
    """2026-12, or the one that it is. Raises Refused."""
    first = outlook.first_of(asked) if asked else today(request, version).replace(day=1)
    return outlook.month_of(version.calendar, version.cutoff, first)
