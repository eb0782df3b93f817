"""Business calendars, as administrators keep them: one page a department, every save a version."""

from datetime import date
from typing import Annotated

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter
from msgspec import Struct, structs

from desk import db, settings
from desk.db import Reader
from desk.i18n import Refused
from desk.sla.actions import calendars as actions
from desk.sla.queries import calendars as queries
from desk.sla.queries.calendars import Kept
from desk.sla.routes.kept import month, to_keep, today
from desk.sla.rules import outlook, sheet, sound
from desk.sla.rules.calendar import WEEKDAYS
from desk.sla.rules.outlook import Day
from desk.sla.rules.sheet import Sheet, Version
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks, language

AHEAD = 31
AskedMonth = Annotated[str, QueryParameter(name="month", max_length=20)]


class TypedCalendar(Sheet, frozen=True, kw_only=True):
    """`seen`: the version that was on the screen. `fill` is the button that puts public holidays into the sheet,
    `month` the one that turns to another month.
    """

    seen: int = 0
    fill: str = ""
    month: str = ""


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
    return page(request, "sla/calendars.html", calendars=[_line(request, one) for one in kept], days=AHEAD)


@get("/admin/calendars/{code:str}", include_in_schema=False)
async def edit_calendar(
    request: AnyRequest, reader: Asks, code: FromPath[str], asked: AskedMonth = ""
) -> Response[str]:
    kept = await to_keep(reader, code)
    held = kept.held or outlook.usual(settings.current().zone, now(request).year)
    form = forms.blank(**structs.asdict(sheet.write(held, language(request))), seen=str(kept.version))
    return await _edit(request, reader, kept, form, held, asked=asked)


@post("/admin/calendars/{code:str}/preview", include_in_schema=False, status_code=200)
async def preview_calendar(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    """A month as typed, nothing saved; with `fill` the public holidays are put in first."""
    kept = await to_keep(reader, code)
    try:
        typed = (await forms.read(request, TypedCalendar)).value
        wanted = sheet.with_holidays(typed, now(request).year, language(request)) if typed.fill else typed
        read = sheet.read(wanted)
        sound.check(read.calendar)
    except Refused as refusal:
        return await _edit(request, reader, kept, await forms.again(request, refusal), None, status=refusal.status)
    texts = {name: str(value) for name, value in structs.asdict(wanted).items() if name not in ("fill", "month")}
    return await _edit(request, reader, kept, forms.blank(**texts), read, asked=typed.month)


@post("/admin/calendars/{code:str}/versions", include_in_schema=False, status_code=303)
async def save_calendar(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    kept = await to_keep(reader, code)
    try:
        typed = (await forms.read(request, TypedCalendar)).value
        async with db.acting_as(reader):
            await actions.save(kept.department, sheet.read(typed), seen=typed.seen)
    except Refused as refusal:
        return await _edit(request, reader, kept, await forms.again(request, refusal), None, status=refusal.status)
    return see(request, f"/admin/calendars/{code}", said="calendars.saved")


async def _edit(
    request: AnyRequest, reader: Reader, kept: Kept, form: forms.Form, shown: Version | None, *, status: int = 200,
    asked: str = "",
) -> Response[str]:  # fmt: skip
    """`shown`: whose month the page has; None when what was typed cannot be read."""
    async with db.acting_as(reader, writing=False):
        history = await queries.history(kept.department)
    return page(
        request,
        "sla/calendar.html",
        status=status,
        kept=kept,
        form=form,
        month=month(request, shown, asked) if shown else None,
        today=today(request, shown) if shown else None,
        saved=shown is not None and shown == kept.held,
        base=f"/admin/calendars/{kept.code}",
        history=history,
        weekdays=WEEKDAYS,
        official_until=shown.official_until if shown else None,
    )


def _line(request: AnyRequest, kept: Kept) -> Line:
    name = kept.name(language(request))
    if kept.held is None:
        return Line(kept.code, name, 0, "", "", None, [])
    calendar = kept.held.calendar
    unusual = outlook.exceptions(calendar, today(request, kept.held), AHEAD)
    return Line(
        kept.code, name, kept.version, calendar.tz, sheet.hours(calendar.weekly[0]), kept.held.official_until, unusual
    )


routes = [calendars, edit_calendar, preview_calendar, save_calendar]
