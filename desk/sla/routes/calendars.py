"""Business calendars, as administrators keep them: one page a department, every save a version."""

from datetime import date

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Struct, structs

from desk import db, settings
from desk.db import Reader
from desk.i18n import Refused
from desk.sla.actions import calendars as actions
from desk.sla.queries import calendars as queries
from desk.sla.queries.calendars import Kept
from desk.sla.rules import instants, outlook, sheet, zones
from desk.sla.rules.calendar import WEEKDAYS
from desk.sla.rules.keepers import NoDepartment
from desk.sla.rules.outlook import Day
from desk.sla.rules.sheet import Sheet, Version
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks, language

DAYS_SHOWN, MONTH = 14, 31


class TypedCalendar(Sheet, frozen=True, kw_only=True):
    """`seen`: the version that was on the screen. `fill` is the button that puts public holidays into the sheet."""

    seen: int = 0
    fill: str = ""


class Line(Struct, frozen=True):
    """A department in the list. `hours` are those of an ordinary Monday; `exceptions` those of the month to come."""

    code: str
    name: str
    version: int
    zone: str
    hours: str
    official_until: date | None
    exceptions: list[Day]


@get("/admin/calendars", include_in_schema=False)
async def calendars(request: AnyRequest, reader: Asks) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        await actions.check_keeps()
        kept = await queries.calendars()
    return page(request, "sla/calendars.html", calendars=[_line(request, one) for one in kept], days=MONTH)


@get("/admin/calendars/{code:str}", include_in_schema=False)
async def edit_calendar(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    kept = await _kept(reader, code)
    held = kept.held or outlook.usual(settings.current().zone, now(request).year)
    form = forms.blank(**structs.asdict(sheet.write(held, language(request))), seen=str(kept.version))
    return await _edit(request, reader, kept, form, held)


@post("/admin/calendars/{code:str}/preview", include_in_schema=False, status_code=200)
async def preview_calendar(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    """The days to come as typed, nothing saved; with `fill` the public holidays are put in first."""
    kept = await _kept(reader, code)
    try:
        typed = (await forms.read(request, TypedCalendar)).value
        wanted = sheet.with_holidays(typed, now(request).year, language(request)) if typed.fill else typed
        read = sheet.read(wanted)
    except Refused as refusal:
        return await _edit(request, reader, kept, await forms.again(request, refusal), None, status=refusal.status)
    texts = {name: str(value) for name, value in structs.asdict(wanted).items() if name != "fill"}
    return await _edit(request, reader, kept, forms.blank(**texts), read, saved=False)


@post("/admin/calendars/{code:str}/versions", include_in_schema=False, status_code=303)
async def save_calendar(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    kept = await _kept(reader, code)
    try:
        typed = (await forms.read(request, TypedCalendar)).value
        async with db.acting_as(reader):
            await actions.save(kept.department, sheet.read(typed), seen=typed.seen)
    except Refused as refusal:
        return await _edit(request, reader, kept, await forms.again(request, refusal), None, status=refusal.status)
    return see(request, f"/admin/calendars/{code}", said="calendars.saved")


async def _kept(reader: Reader, code: str) -> Kept:
    async with db.acting_as(reader, writing=False):
        await actions.check_keeps()
        kept = await queries.calendar(code)
    if kept is None:
        raise NoDepartment
    return kept


async def _edit(
    request: AnyRequest, reader: Reader, kept: Kept, form: forms.Form, held: Version | None, *, status: int = 200,
    saved: bool = True,
) -> Response[str]:  # fmt: skip
    """`held`: what the table of days shows; None when what was typed cannot be read."""
    async with db.acting_as(reader, writing=False):
        history = await queries.history(kept.department)
    days = outlook.ahead(held.calendar, held.cutoff, _today(request, held), DAYS_SHOWN) if held else []
    return page(
        request,
        "sla/calendar.html",
        status=status,
        kept=kept,
        form=form,
        days=days,
        saved=saved and kept.version > 0,
        history=history,
        weekdays=WEEKDAYS,
        official_until=held.official_until if held else None,
    )


def _line(request: AnyRequest, kept: Kept) -> Line:
    name = kept.name(language(request))
    if kept.held is None:
        return Line(kept.code, name, 0, "", "", None, [])
    calendar = kept.held.calendar
    unusual = outlook.exceptions(calendar, _today(request, kept.held), MONTH)
    return Line(
        kept.code, name, kept.version, calendar.tz, sheet.hours(calendar.weekly[0]), kept.held.official_until, unusual
    )


def _today(request: AnyRequest, held: Version) -> date:
    at = instants.seconds(now(request))
    return date.fromordinal(instants.local_day(at, zones.zone(held.calendar.tz)))


routes = [calendars, edit_calendar, preview_calendar, save_calendar]
