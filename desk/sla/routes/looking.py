"""A department's calendar as every employee may read it: whoever is promised something may see how it is counted."""

from datetime import date, datetime

from litestar import Response, get
from litestar.params import FromPath
from msgspec import Struct

from desk import db
from desk.directory import queries as directory
from desk.sla.queries import calendars as queries
from desk.sla.routes.calendars import AskedMonth
from desk.sla.routes.kept import held, known, month, today
from desk.sla.rules.keepers import may_keep
from desk.sla.rules.outlook import Day
from desk.web.page import page
from desk.web.viewer import STAFF, AnyRequest, Asks


class CalendarSaid(Struct, frozen=True, kw_only=True):
    """`made_by` is null for the desk itself; days after `official_until` may change when holidays are published."""

    department: str
    version: int
    made_at: datetime | None
    made_by: str | None
    zone: str
    official_until: date | None
    month: str
    days: list[Day]


@get("/departments/{code:str}/calendar", opt=STAFF, include_in_schema=False)
async def look(request: AnyRequest, reader: Asks, code: FromPath[str], asked: AskedMonth = "") -> Response[str]:
    async with db.acting_as(reader, writing=False):
        kept = known(await queries.calendar(code))
        history = await queries.history(kept.department)
        keeps = may_keep(await directory.roles(reader.person))
    return page(
        request,
        "sla/look.html",
        kept=kept,
        month=month(request, kept.held, asked) if kept.held else None,
        today=today(request, kept.held) if kept.held else None,
        base=f"/departments/{kept.code}/calendar",
        history=history,
        keeps=keeps,
        official_until=kept.held.official_until if kept.held else None,
    )


@get(
    "/api/departments/{code:str}/calendar", opt=STAFF, tags=["calendars"], summary="A month of a department's calendar"
)
async def look_by_program(
    request: AnyRequest, reader: Asks, code: FromPath[str], asked: AskedMonth = ""
) -> CalendarSaid:
    async with db.acting_as(reader, writing=False):
        kept = known(await queries.calendar(code))
    version = held(kept)
    shown = month(request, version, asked)
    return CalendarSaid(
        department=kept.code,
        version=kept.version,
        made_at=kept.made_at,
        made_by=kept.made_by,
        zone=version.calendar.tz,
        official_until=version.official_until,
        month=shown.name,
        days=[one for week in shown.weeks for one in week if one],
    )


routes = [look, look_by_program]
