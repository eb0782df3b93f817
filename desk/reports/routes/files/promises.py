"""GET /reports/{code}/promises.csv: all the promises behind a figure, however many, as a file."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from datetime import datetime

from litestar import get
from litestar.params import FromPath, FromQuery

from desk import db
from desk.directory import queries as directory
from desk.i18n import say
from desk.reports.queries import figures, rows
from desk.reports.queries.figures import Named
from desk.reports.queries.rows import Row, Wanted
from desk.reports.routes import asked, shown
from desk.reports.routes.asked import First, Last, Report, Word
from desk.reports.rules import commas
from desk.reports.rules.commas import Value
from desk.sla.queries import clocks
from desk.sla.rules import instants
from desk.tickets.routes import telling
from desk.tickets.routes.telling import Teller, teller
from desk.web.download import Download, download
from desk.web.viewer import STAFF, AnyRequest, Asks

TOGETHER = 200  # lines of one chunk
NAMES = (
    "request", "title", "tier", "promise", "service", "who", "holder", "started", "due", "done", "became", "waited",
    "late", "reason",
)  # fmt: skip


@get("/reports/{code:str}/promises.csv", opt=STAFF, include_in_schema=False)
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
) -> Download:
    """A title in a list is no opening, here as there: it is not in the log (docs/decisions/0030)."""
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        of = await asked.report(code, first, last, period, at=by.times.now)
        names = await figures.services()
        wanted = asked.narrowed(kind, service, names, same_day=same_day, failures=failures)
    name = f"{code}-promises-{of.period.first}-{of.period.last}.csv"
    return await download(_together(_lines(reader, of, wanted, names, by)), name=name, media_type="text/csv")


async def _lines(
    reader: db.Reader, of: Report, wanted: Wanted, names: Mapping[int, Named], by: Teller
) -> AsyncGenerator[bytes, None]:
    """One snapshot for all of them."""
    yield commas.MARK + commas.line([_title(name, by) for name in NAMES])
    async with db.acting_as(reader, writing=False):
        async for row in rows.each(of.window, wanted):
            yield commas.line(await _cells(row, names, by))
        for line in await _hidden(of, wanted, by):
            yield commas.line(line)


async def _together(lines: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """Closes the lines in the task that opened their transaction; the collector would close them in another."""
    chunk: list[bytes] = []
    async with aclosing(lines):
        async for line in lines:
            chunk.append(line)
            if len(chunk) == TOGETHER:
                yield b"".join(chunk)
                chunk.clear()
    yield b"".join(chunk)


def _title(name: str, by: Teller) -> str:
    return say(by.language, f"reports.column_{name}", zone=by.times.zone)


async def _cells(row: Row, names: Mapping[int, Named], by: Teller) -> list[Value]:
    """Spans in minutes of business time, as the page tells them in words."""
    calendar = (await clocks.version(row.calendar)).compiled
    ended = instants.seconds(row.settled_at or by.times.now)
    since, due = instants.seconds(row.started_at), instants.seconds(row.due_at)
    late = row.failed in ("broken", "overdue")
    return [
        row.number, row.title, say(by.language, f"disclosure.tier_{row.tier}"), by.say(f"kind_{row.kind}"),
        names[row.service].name(by.language), row.waits, shown.holder(row, by),
        _at(row.started_at, by), _at(row.due_at, by), _at(row.settled_at, by),
        say(by.language, f"reports.failed_{row.failed or 'not'}"),
        calendar.between(since, ended) // 60, calendar.between(due, ended) // 60 if late else None,
        shown.reason(row, by),
    ]  # fmt: skip


def _at(at: datetime | None, by: Teller) -> str | None:
    return None if at is None else f"{by.times.local(at):%Y-%m-%d %H:%M}"


async def _hidden(of: Report, wanted: Wanted, by: Teller) -> list[list[Value]]:
    """What may not be read, by its marker, in the column of the titles."""
    marked = await rows.markers(of.window, wanted)
    departments = {one.id: one.name(by.language) for one in await directory.departments(closed=True)} if marked else {}
    told = [telling.marker(one, departments, by) for one in marked]
    return [[None, f"{one.head}: {one.text}", say(by.language, f"disclosure.tier_{one.tier}")] for one in told]


routes = [promises]
