"""GET /reports/{code}/requests: the requests behind a figure of how they flow."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from desk import db
from desk.directory import queries as directory
from desk.i18n import Invalid, Sentence, say
from desk.reports.queries import figures
from desk.reports.queries import requests as queries
from desk.reports.queries.figures import Window
from desk.reports.queries.requests import AT_MOST, BY_DEPARTMENT, What
from desk.reports.routes import asked
from desk.reports.routes.asked import First, Last, Word
from desk.reports.routes.sheets.handovers import departments
from desk.tickets.routes import telling
from desk.tickets.routes.telling import Teller, teller
from desk.web.page import page
from desk.web.viewer import STAFF, AnyRequest, Asks


@get("/reports/{code:str}/requests", opt=STAFF, include_in_schema=False)
async def requests(
    request: AnyRequest,
    reader: Asks,
    code: FromPath[str],
    what: Word = "came",
    other: Word = "",
    first: First = "",
    last: Last = "",
    period: Word = "",
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        of = await asked.report(code, first, last, period, at=by.times.now)
        wanted = _what(what)
        which, told = await _other(wanted, other, by)
        behind = await _behind(of.window, wanted, which, by)
    context: dict[str, Any] = {"department": of.department, "period": of.period, "back": of.address("/tabs/flow")}
    context["told"] = [say(by.language, f"reports.requests_{wanted}"), *told]
    return page(request, "reports/requests.html", **context, **behind)


async def _behind(of: Window, what: What, other: int | None, by: Teller) -> dict[str, Any]:
    """The rows that the reader may read, and markers for the others."""
    found = await queries.requests(of, what, other)
    marked = await queries.markers(of, what, other)
    names = await departments(by) if marked else {}
    return {
        "lines": found[:AT_MOST],
        "cut": len(found) > AT_MOST,
        "at_most": AT_MOST,
        "markers": [telling.marker(one, names, by) for one in marked],
    }


def _what(words: str) -> What:
    if words not in set(What):
        raise Invalid({"what": Sentence("reports.no_what", words=words[:20])})
    return What(words)


async def _other(what: What, code: str, by: Teller) -> tuple[int | None, list[str]]:
    """Of a department or of a service, and its name. Raises Unknown, Invalid."""
    if what in BY_DEPARTMENT:
        department = await directory.department_called(code)
        return department.id, [department.name(by.language)]
    if what is not What.RESOLVED or not code:
        return None, []
    found = next(((of, named) for of, named in (await figures.services()).items() if named.code == code), None)
    if found is None:
        raise Invalid({"other": Sentence("reports.no_service", words=code[:20])})
    return found[0], [found[1].name(by.language)]


routes = [requests]
