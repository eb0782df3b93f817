"""What departments promise each other when one asks the other for help."""

from typing import Annotated, Literal

from litestar import Response, get, post
from msgspec import Meta, Struct

from desk import db
from desk.directory import queries as directory
from desk.directory.routes.listed import listed
from desk.i18n import Invalid, Refused, Sentence, say
from desk.sla.actions import olas as actions
from desk.sla.actions.calendars import check_keeps
from desk.sla.queries import olas as queries
from desk.sla.queries.olas import Ola
from desk.sla.rules import why
from desk.sla.rules.targets import Budget, HalfDay, Target
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks, language

PAGE = "/admin/olas"
Code = Annotated[str, Meta(max_length=64)]


class Agreed(Struct, frozen=True, kw_only=True):
    """`hours`: business hours; "the same day" is what holds where nothing is agreed on."""

    asking: Code = ""
    asked: Code = ""
    target: Literal["same_day", "half_day", "hours"] = "same_day"
    hours: Annotated[int, Meta(ge=1, le=200)] | None = None


@get(PAGE, include_in_schema=False)
async def olas(request: AnyRequest, reader: Asks) -> Response[str]:
    return await _shown(request, reader, forms.blank())


@post(PAGE, include_in_schema=False, status_code=303)
async def agree(request: AnyRequest, reader: Asks) -> Response[str]:
    try:
        new = (await forms.read(request, Agreed)).value
        async with db.acting_as(reader):
            asking = await listed(directory.department_called, new.asking, "asking")
            asked = await listed(directory.department_called, new.asked, "asked")
            await actions.agree(asking.id, asked.id, _target(new), at=now(request))
    except Refused as refusal:
        return await _shown(request, reader, await forms.again(request, refusal), status=refusal.status)
    return see(request, PAGE, said="calendars.ola_saved")


async def _shown(request: AnyRequest, reader: db.Reader, form: forms.Form, *, status: int = 200) -> Response[str]:
    said = language(request)
    async with db.acting_as(reader, writing=False):
        await check_keeps()
        found = await queries.olas()
        departments = [(one.code, one.name(said)) for one in await directory.departments()]
    lines = [(*one.names(said), _words(one, said), one.made_by or "", one.made_at) for one in found]
    return page(request, "sla/olas.html", status=status, form=form, lines=lines, departments=departments)


def _target(new: Agreed) -> Target | None:
    match new.target:
        case "half_day":
            return HalfDay()
        case "hours":
            if new.hours is None:
                raise Invalid({"hours": Sentence("web.required")})
            return Budget(new.hours * 3600)
    return None


def _words(one: Ola, said: str) -> str:
    if isinstance(one.target, Budget):
        return say(said, "calendars.ola_hours", length=why.length(one.target.seconds, said))
    return say(said, "calendars.ola_half_day")


routes = [olas, agree]
