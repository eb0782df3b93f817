"""The marked changes of a department: "from this day on we work differently, because ...". Charts begin anew there."""

from datetime import date
from typing import Annotated

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Meta, Struct

from desk import db
from desk.i18n import Forbidden, NotFound, Refused
from desk.reports.actions import marking
from desk.reports.queries import changes as queries
from desk.reports.routes import asked
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.viewer import STAFF, AnyRequest, Asks

PAGE = "/reports/{code:str}/changes"


class Typed(Struct, frozen=True):
    day: date
    words: Annotated[str, Meta(min_length=1, max_length=500)]


@get(PAGE, opt=STAFF, include_in_schema=False)
async def changes(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    return await _shown(request, reader, code, forms.blank())


@post(PAGE, opt=STAFF, include_in_schema=False, status_code=303)
async def mark(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    try:
        typed = (await forms.read(request, Typed)).value
        async with db.acting_as(reader):
            of = await asked.report(code, "", "", at=now(request))
            await marking.mark(of.department.id, typed.day, typed.words, today=of.today, at=now(request))
    except (Forbidden, NotFound):
        raise
    except Refused as refusal:
        return await _shown(request, reader, code, await forms.again(request, refusal), status=refusal.status)
    return see(request, f"/reports/{code}/changes", said="reports.change_marked")


async def _shown(
    request: AnyRequest, reader: db.Reader, code: str, form: forms.Form, *, status: int = 200
) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        of = await asked.report(code, "", "", at=now(request))
        marked = await queries.marked(of.department.id)
    department, today = of.department, of.today
    return page(
        request, "reports/changes.html", status=status, form=form, department=department, today=today, marked=marked
    )


routes = [changes, mark]
