"""One day of a calendar: closed, with hours of its own, made up, or as the week says. It saves the next version."""

from datetime import date

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import structs

from desk import db
from desk.i18n import Refused, say
from desk.sla.actions import calendars as actions
from desk.sla.queries.calendars import Kept
from desk.sla.routes.kept import held, to_keep, today
from desk.sla.rules import one_day, outlook, sheet
from desk.sla.rules.one_day import OneDay
from desk.web import forms
from desk.web.page import page, see
from desk.web.viewer import AnyRequest, Asks, language


class TypedDay(OneDay, frozen=True, kw_only=True):
    """`seen`: the version that was on the screen."""

    seen: int = 0


@get("/admin/calendars/{code:str}/days/{day:str}", include_in_schema=False)
async def edit_day(request: AnyRequest, reader: Asks, code: FromPath[str], day: FromPath[str]) -> Response[str]:
    kept = await to_keep(reader, code)
    stands = one_day.as_it_stands(held(kept).calendar, _day(day).toordinal())
    return _page(request, kept, _day(day), forms.blank(**structs.asdict(stands), seen=str(kept.version)))


@post("/admin/calendars/{code:str}/days/{day:str}", include_in_schema=False, status_code=303)
async def save_day(request: AnyRequest, reader: Asks, code: FromPath[str], day: FromPath[str]) -> Response[str]:
    kept, of = await to_keep(reader, code), _day(day)
    before = held(kept)
    try:
        typed = (await forms.read(request, TypedDay)).value
        wanted = one_day.with_day(before, of.toordinal(), typed)
        async with db.acting_as(reader):
            await actions.save(kept.department, wanted, seen=typed.seen)
    except Refused as refusal:
        return _page(request, kept, of, await forms.again(request, refusal), status=refusal.status)
    return see(request, f"/admin/calendars/{code}?month={of:%Y-%m}", said="calendars.saved")


def _page(request: AnyRequest, kept: Kept, day: date, form: forms.Form, *, status: int = 200) -> Response[str]:
    version = held(kept)
    calendar = version.calendar
    return page(
        request,
        "sla/day.html",
        status=status,
        kept=kept,
        day=day,
        form=form,
        today=today(request, version),
        now=outlook.ahead(calendar, version.cutoff, day, 1)[0],
        week=sheet.hours(calendar.weekly[day.weekday()]),
        days_open=[(name, say(language(request), f"calendars.{name}")) for name in one_day.open_weekdays(calendar)],
        official_until=version.official_until,
    )


def _day(text: str) -> date:
    """2026-12-01, of a month that can be shown. Raises Refused."""
    try:
        outlook.first_of(text[:7])
        return date.fromisoformat(text)
    except (ValueError, Refused):
        raise NoDay(text)


class NoDay(Refused):
    status = 404

    def __init__(self, text: str) -> None:
        super().__init__("calendars.bad_day", words=text[:20])


routes = [edit_day, save_day]
