"""GET /reports/{code}/sheets/{name}.csv and .xlsx: a sheet of a report with the same days."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime

from litestar import Response, get
from litestar.params import FromPath
from msgspec.structs import replace

from desk import db
from desk.directory.rules import Unknown
from desk.i18n import say
from desk.reports.routes import asked
from desk.reports.routes.asked import First, Last, Overall, Report, Word
from desk.reports.routes.files.workbook import Table, workbook
from desk.reports.routes.leaving import KINDS
from desk.reports.routes.sheet import Cell, Sheet
from desk.reports.routes.sheets import SHEETS
from desk.reports.routes.sheets.departments import departments
from desk.reports.routes.sheets.spans import spans
from desk.reports.routes.sheets.sums import sums
from desk.reports.rules import commas
from desk.reports.rules.commas import Value
from desk.tickets.routes.telling import Teller, teller
from desk.web.download import headers
from desk.web.viewer import STAFF, AnyRequest, Asks

OVERALL: Mapping[str, Callable[[Overall, Teller], Awaitable[Sheet]]] = {
    "departments": departments,
    "sums": sums,
    "spans": spans,
}


@get("/reports/overall/sheets/{file:str}", opt=STAFF, include_in_schema=False)
async def overall_sheet(
    request: AnyRequest, reader: Asks, file: FromPath[str], first: First = "", last: Last = "", period: Word = ""
) -> Response[bytes]:
    by = teller(request)
    name, kind = _named(file, OVERALL)
    async with db.acting_as(reader, writing=False):
        of = await asked.overall(first, last, period, at=by.times.now)
        made = await OVERALL[name](of, by)
    table = _table(made, about(say(by.language, "reports.overall"), of, by), by)
    return file_of(table, f"overall-{name}-{of.period.first}-{of.period.last}", kind, at=of.moment)


@get("/reports/{code:str}/sheets/{file:str}", opt=STAFF, include_in_schema=False)
async def sheet(
    request: AnyRequest,
    reader: Asks,
    code: FromPath[str],
    file: FromPath[str],
    first: First = "",
    last: Last = "",
    period: Word = "",
) -> Response[bytes]:
    by = teller(request)
    name, kind = _named(file, SHEETS)
    async with db.acting_as(reader, writing=False):
        of = await asked.report(code, first, last, period, at=by.times.now)
        made = await SHEETS[name](of, by)
    table = _table(made, about(of.department.name(by.language), of, by), by)
    if kind == "csv" and made.beside:  # a table of requests says so among its rows: there is nowhere else
        table = replace(table, rows=[*table.rows, *([line] for line in made.beside.remarks())])
    return file_of(table, f"{code}-{name}-{of.period.first}-{of.period.last}", kind, at=of.moment)


def _named(file: str, known: Collection[str]) -> tuple[str, str]:
    """A sheet, and as what it leaves. Raises Unknown."""
    name, _, kind = file.rpartition(".")
    if name not in known or kind not in KINDS:
        raise Unknown("reports.no_sheet")
    return name, kind


def file_of(table: Table, name: str, kind: str, *, at: datetime) -> Response[bytes]:
    content = _commas(table) if kind == "csv" else workbook(table, at=at)
    return Response(content, media_type=KINDS[kind], headers=headers(f"{name}.{kind}"))


def _commas(of: Table) -> bytes:
    return commas.MARK + b"".join(commas.line(row) for row in (of.titles, *of.rows))


def _table(made: Sheet, whose: Sequence[Value], by: Teller) -> Table:
    """What stands small under the cells of a column is a column beside it."""
    beside = {n for row in made.rows for n, cell in enumerate(row) if cell.small}
    titles: list[Value] = []
    for n, column in enumerate(made.columns):
        titles.append(column.title)
        titles += [say(by.language, "reports.beside", title=column.title)] if n in beside else []
    return Table(
        name=say(by.language, f"reports.card_{made.card}"),
        about=whose,
        titles=titles,
        rows=[_values(row, beside) for row in made.rows],
        remarks=[*made.remarks, *(made.beside.remarks() if made.beside else [])],
    )


def about(whose: str, of: Report | Overall, by: Teller) -> list[Value]:
    """Department, days, moment and language."""
    at = f"{by.times.local(of.moment):%Y-%m-%d %H:%M} {by.times.zone}"
    return [whose, f"{of.period.first} – {of.period.last}", at, by.language]


def _values(row: Sequence[Cell], beside: set[int]) -> list[Value]:
    values: list[Value] = []
    for n, cell in enumerate(row):
        values.append(cell.text if cell.value is None else cell.value)
        values += [cell.small] if n in beside else []
    return values


routes = [overall_sheet, sheet]
