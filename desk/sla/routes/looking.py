"""A department's calendar as every employee may read it: whoever is promised something may see how it is counted."""

from litestar import Response, get
from litestar.params import FromPath

from desk import db
from desk.directory import queries as directory
from desk.sla.queries import calendars as queries
from desk.sla.routes.keeping import AskedMonth
from desk.sla.routes.kept import known, month, today
from desk.sla.rules.keepers import may_keep
from desk.web.page import page
from desk.web.viewer import STAFF, AnyRequest, Asks


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


routes = [look]
