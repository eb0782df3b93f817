"""GET /reports/{code}/requests: the requests behind a figure of how they flow, or of what is at hand."""

from functools import partial
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from msgspec import Struct

from desk import db
from desk.directory import queries as directory
from desk.i18n import Invalid, Sentence, say
from desk.reports.queries import figures
from desk.reports.queries import requests as queries
from desk.reports.queries.figures import Window
from desk.reports.queries.requests import BY_DEPARTMENT, What
from desk.reports.routes import asked
from desk.reports.routes.asked import First, Last, LeafNumber, Report, Word
from desk.reports.routes.beside import beside
from desk.reports.routes.leaving import files
from desk.reports.rules import leaves
from desk.reports.rules.leaves import LEAF
from desk.tickets.routes.telling import Teller, teller
from desk.web.page import page
from desk.web.viewer import STAFF, AnyRequest, Asks


class Listed(Struct, frozen=True, kw_only=True):
    """Requests of a department, as an address asks for them; `told`: to what the list is narrowed, in words."""

    of: Report
    window: Window
    what: What
    other: int | None
    query: dict[str, str]
    told: list[str]

    @property
    def days(self) -> Report:
        """Of which days its file and what stands beside it tell."""
        return self.of.now() if self.what is What.BACKLOG else self.of


async def listed(code: str, days: tuple[str, str, str], what: str, other: str, by: Teller) -> Listed:
    """`days`: the first, the last, and a word in their place. Raises Unknown, Invalid, Forbidden."""
    of = await asked.report(code, *days, at=by.times.now)
    wanted = _what(what)
    window = of.filed(other) if wanted is What.BACKLOG else of.window
    which, named = await _other(wanted, other, by)
    told = [say(by.language, f"reports.requests_{wanted}"), *named]
    query = asked.query(what=wanted.value, other=other)
    return Listed(of=of, window=window, what=wanted, other=which, query=query, told=told)


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
        lot = await listed(code, (first, last, period), what, other, by)
        found = await queries.requests(lot.window, lot.what, lot.other, leaf)
        strip = await beside(lot.days, by) if leaf == 1 else None
    now, of = lot.what is What.BACKLOG, lot.of
    context: dict[str, Any] = {"department": of.department, "period": None if now else of.period}
    context |= {"back": of.address("" if now else "/tabs/flow"), "told": lot.told, "beside": strip}
    context["files"] = files(lambda kind: of.address(f"/requests.{kind}", **lot.query))
    context["leaf"] = leaves.leaf(leaf, found, partial(of.leaf, "/requests", lot.query))
    return page(request, "reports/requests.html", lines=found[:LEAF], **context)


def _what(words: str) -> What:
    if words not in set(What):
        raise Invalid({"what": Sentence("reports.no_what", words=words[:20])})
    return What(words)


async def _other(what: What, code: str, by: Teller) -> tuple[int | None, list[str]]:
    """Of a department or of a service, and its name; of an age the name alone. Raises Unknown, Invalid."""
    if what in BY_DEPARTMENT:
        department = await directory.department_called(code)
        return department.id, [department.name(by.language)]
    if what is What.BACKLOG and code:
        return None, [say(by.language, f"reports.age_{code}")]
    if what is not What.RESOLVED or not code:
        return None, []
    found = next(((of, named) for of, named in (await figures.services()).items() if named.code == code), None)
    if found is None:
        raise Invalid({"other": Sentence("reports.no_service", words=code[:20])})
    return found[0], [found[1].name(by.language)]


routes = [requests]
