"""GET /reports/{code}/requests.csv and .xlsx: all the requests behind a figure, as a file."""

from litestar import get
from litestar.params import FromPath

from desk import db
from desk.i18n import say
from desk.reports.queries import requests as queries
from desk.reports.queries.requests import Request
from desk.reports.routes.asked import First, Last, Word
from desk.reports.routes.beside import beside
from desk.reports.routes.files import lists
from desk.reports.routes.files.lists import Rows
from desk.reports.routes.files.sheets import about
from desk.reports.routes.requests import Listed, listed
from desk.reports.rules.commas import Value
from desk.tickets.routes.telling import Teller, teller
from desk.web.download import Download
from desk.web.viewer import STAFF, AnyRequest, Asks

NAMES = ("request", "title", "tier", "state", "filed", "resolved")


@get(["/reports/{code:str}/requests.csv", "/reports/{code:str}/requests.xlsx"], opt=STAFF, include_in_schema=False)
async def requests(
    request: AnyRequest,
    reader: Asks,
    code: FromPath[str],
    what: Word = "came",
    other: Word = "",
    first: First = "",
    last: Last = "",
    period: Word = "",
) -> Download:
    """A title in a list is no opening, here as there: it is not in the log (docs/decisions/0030)."""
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        lot = await listed(code, (first, last, period), what, other, by)
    whose = [*about(lot.of.department.name(by.language), lot.days, by), *lot.told]
    head = lists.head(say(by.language, "reports.requests"), whose, NAMES, by)
    name = f"{code}-requests-{lot.what}-{lot.days.period.first}-{lot.days.period.last}"
    return await lists.sent(head, _rows(reader, lot, by), name=name, kind=lists.kind_of(request), at=by.times.now)


async def _rows(reader: db.Reader, lot: Listed, by: Teller) -> Rows:
    """One snapshot for all of them."""
    async with db.acting_as(reader, writing=False):
        async for row in queries.each(lot.window, lot.what, lot.other):
            yield _cells(row, by)
        for line in (await beside(lot.days, by)).values():
            yield line


def _cells(row: Request, by: Teller) -> list[Value]:
    tier = say(by.language, f"disclosure.tier_{row.tier}")
    state = say(by.language, f"tickets.state_{row.state}")
    return [row.number, row.title, tier, state, lists.at(row.filed_at, by), lists.at(row.resolved_at, by)]


routes = [requests]
