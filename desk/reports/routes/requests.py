"""GET /reports/{code}/requests: the requests behind a figure of how they flow."""

from functools import partial
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from desk import db
from desk.directory import queries as directory
from desk.i18n import Invalid, Sentence, say
from desk.reports.queries import figures
from desk.reports.queries import requests as queries
from desk.reports.queries.requests import BY_DEPARTMENT, What
from desk.reports.routes import asked
from desk.reports.routes.asked import First, Last, LeafNumber, Word
from desk.reports.routes.sheets.handovers import departments
from desk.reports.rules import leaves
from desk.reports.rules.leaves import LEAF
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
    leaf: LeafNumber = 1,
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        of = await asked.report(code, first, last, period, at=by.times.now)
        wanted = _what(what)
        which, told = await _other(wanted, other, by)
        found = await queries.requests(of.window, wanted, which, leaf)
        marked = await queries.markers(of.window, wanted, which) if leaf == 1 else []
        names = await departments(of, by) if marked else {}
    query = asked.query(what=wanted.value, other=other)
    context: dict[str, Any] = {"department": of.department, "period": of.period, "back": of.address("/tabs/flow")}
    context["told"] = [say(by.language, f"reports.requests_{wanted}"), *told]
    context["leaf"] = leaves.leaf(leaf, found, partial(of.leaf, "/requests", query))
    context["markers"] = [telling.marker(one, names, by) for one in marked]
    return page(request, "reports/requests.html", lines=found[:LEAF], **context)


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
