"""GET /reports/{code}/promises.csv and .xlsx: all the promises behind a figure, however many, as a file."""

from collections.abc import Mapping

from litestar import get
from litestar.params import FromPath, FromQuery

from desk import db
from desk.i18n import say
from desk.reports.queries import rows
from desk.reports.queries.figures import Named
from desk.reports.queries.rows import Row
from desk.reports.routes import shown
from desk.reports.routes.asked import First, Last, Narrowed, Word
from desk.reports.routes.beside import beside
from desk.reports.routes.files import lists
from desk.reports.routes.files.lists import Rows
from desk.reports.routes.files.sheets import about
from desk.reports.routes.files.workbook import check_fits
from desk.reports.routes.promises import Listed, listed
from desk.reports.rules.commas import Value
from desk.sla.queries import clocks
from desk.sla.rules import instants
from desk.tickets.routes.telling import Teller, teller
from desk.web.download import Download
from desk.web.viewer import STAFF, AnyRequest, Asks

NAMES = (
    "request", "title", "tier", "promise", "service", "who", "holder", "started", "due", "done", "became", "waited",
    "late", "reason",
)  # fmt: skip
AROUND = 200  # lines of a sheet that may stand above and below the rows


@get(["/reports/{code:str}/promises.csv", "/reports/{code:str}/promises.xlsx"], opt=STAFF, include_in_schema=False)
async def promises(
    request: AnyRequest,
    reader: Asks,
    code: FromPath[str],
    first: First = "",
    last: Last = "",
    period: Word = "",
    kind: Word = "",
    service: Word = "",
    same_day: FromQuery[bool] = False,
    failures: FromQuery[bool] = False,
    owed: Word = "",
) -> Download:
    """A title in a list is no opening, here as there: it is not in the log (docs/decisions/0030)."""
    by, leaves_as = teller(request), lists.kind_of(request)
    words = Narrowed(kind=kind, service=service, same_day=same_day, failures=failures, owed=owed)
    async with db.acting_as(reader, writing=False):
        lot = await listed(code, (first, last, period), words, by)
        if leaves_as == "xlsx":
            check_fits((await lot.counted() or 0) + AROUND)
    whose = [*about(lot.of.department.name(by.language), lot.days, by), *lot.told(by)]
    head = lists.head(say(by.language, "reports.promises"), whose, NAMES, by)
    name = f"{code}-promises-{lot.days.period.first}-{lot.days.period.last}"
    return await lists.sent(head, _rows(reader, lot, by), name=name, kind=leaves_as, at=by.times.now)


async def _rows(reader: db.Reader, lot: Listed, by: Teller) -> Rows:
    """One snapshot for all of them."""
    readable = 0
    async with db.acting_as(reader, writing=False):
        async for row in rows.each(lot.window, lot.wanted):
            yield await _cells(row, lot.names, by)
            readable += 1
        for line in await _hidden(lot, readable, by):
            yield line


async def _cells(row: Row, names: Mapping[int, Named], by: Teller) -> list[Value]:
    """Spans in minutes of business time, as the page tells them in words."""
    calendar = (await clocks.version(row.calendar)).compiled
    ended = instants.seconds(row.settled_at or by.times.now)
    since, due = instants.seconds(row.started_at), instants.seconds(row.due_at)
    late = row.failed in ("broken", "overdue")
    return [
        row.number, row.title, say(by.language, f"disclosure.tier_{row.tier}"), by.say(f"kind_{row.kind}"),
        names[row.service].name(by.language), row.waits, shown.holder(row, by),
        lists.at(row.started_at, by), lists.at(row.due_at, by),
        lists.at(None if row.given_up else row.settled_at, by),
        shown.became(row, by),
        calendar.between(since, ended) // 60, calendar.between(due, ended) // 60 if late else None,
        shown.reason(row, by),
    ]  # fmt: skip


async def _hidden(lot: Listed, readable: int, by: Teller) -> list[list[Value]]:
    """How many are counted and not listed, and what stands beside every list: in the column of the titles."""
    unread = await lot.unread(readable, by)
    told: list[list[Value]] = [[None, unread]] if unread else []
    return [*told, *(await beside(lot.days, by)).values()]


routes = [promises]
