"""GET /reports/{code}: the report of one department; all that the reader answers for; what the figures mean."""

from collections.abc import Iterable
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from desk import db
from desk.directory.rules import Unknown
from desk.reports.queries import figures, rows
from desk.reports.queries.rows import FIRST
from desk.reports.routes import asked, shown
from desk.reports.routes.asked import First, Last, Overall, Report, Word
from desk.reports.routes.beside import beside
from desk.reports.routes.files.sheets import OVERALL
from desk.reports.routes.leaving import files
from desk.reports.routes.sheets import SHEETS, TABS
from desk.reports.rules import rates
from desk.reports.rules.cards import CARDS, MEANT
from desk.reports.rules.drawing import dots
from desk.reports.rules.periods import NAMED
from desk.tickets.routes.telling import Teller, teller
from desk.web.page import page
from desk.web.viewer import STAFF, AnyRequest, Asks


@get("/reports/overall", opt=STAFF, include_in_schema=False)
async def overall(
    request: AnyRequest, reader: Asks, first: First = "", last: Last = "", period: Word = ""
) -> Response[str]:
    """All departments that the reader answers for, side by side."""
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        of = await asked.overall(first, last, period, at=by.times.now)
        sheets = [await make(of, by) for make in OVERALL.values()]
        whole = rates.kept(await of.cells())
    context: dict[str, Any] = {"failed": whole.n - whole.hits, "decided": whole.n, "meant": MEANT}
    context |= {"saved": _saved(of, ""), "files": _files(of, OVERALL)}
    return page(request, "reports/overall.html", period=of.period, moment=of.moment, sheets=sheets, **context)


@get("/reports/{code:str}", opt=STAFF, include_in_schema=False)
async def report(
    request: AnyRequest, reader: Asks, code: FromPath[str], first: First = "", last: Last = "", period: Word = ""
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        of = await asked.report(code, first, last, period, at=by.times.now)
        sheets = [await make(of, by) for make in TABS[""]]
        whole = rates.kept(await of.cells())
        behind = await _failed(of, by)
    context: dict[str, Any] = {
        "failed": whole.n - whole.hits,
        "decided": whole.n,
        "dots": dots.fields(whole.n, whole.n - whole.hits),
        "all_of_them": of.address("/promises"),
    }
    return page(request, "reports/report.html", **_frame(of, ""), sheets=sheets, **context, **behind)


@get("/reports/{code:str}/tabs/{tab:str}", opt=STAFF, include_in_schema=False)
async def tab(
    request: AnyRequest,
    reader: Asks,
    code: FromPath[str],
    tab: FromPath[str],
    first: First = "",
    last: Last = "",
    period: Word = "",
) -> Response[str]:
    """The other pages of a report: sheets, and nothing else."""
    by = teller(request)
    if tab not in TABS:
        raise Unknown("reports.no_tab")
    async with db.acting_as(reader, writing=False):
        of = await asked.report(code, first, last, period, at=by.times.now)
        sheets = [await make(of, by) for make in TABS[tab]]
    return page(request, "reports/tab.html", **_frame(of, tab), sheets=sheets)


@get("/reports/meanings", opt=STAFF, include_in_schema=False)
async def meanings(request: AnyRequest) -> Response[str]:
    return page(request, "reports/meanings.html", cards=CARDS)


async def _failed(of: Report, by: Teller) -> dict[str, Any]:
    """Those that the reader may read, how many more there are, and what stands beside every list."""
    failures = await of.failures()
    found = await rows.failed_rows(of.window, failures) if failures else []
    readable = len(found) if len(found) <= FIRST else await rows.readable_of(failures)
    names = await figures.services()
    return {
        "lines": [await shown.line(row, names, by) for row in found[:FIRST]],
        "more": of.address("/promises", failures="true") if len(found) > FIRST else "",
        "at_most": FIRST,
        "unread": len(failures) - readable,
        "beside": await beside(of, by),
    }


def _frame(of: Report, tab: str) -> dict[str, Any]:
    """What stands around the sheets: department, days, and the ways to the other pages."""
    tabs = [(name, of.address(f"/tabs/{name}" if name else "")) for name in TABS]
    frame = {
        "department": of.department,
        "period": of.period,
        "moment": of.moment,
        "tab": tab,
        "tabs": tabs,
        "meant": MEANT,
    }
    return {**frame, "saved": _saved(of, tab), "files": _files(of, SHEETS)}


def _saved(of: Report | Overall, tab: str) -> list[tuple[str, str, bool]]:
    """Usual periods: word, address, and whether these are the days that are shown."""
    return [(word, of.address_named(word, tab), days(of.today) == of.period) for word, days in NAMED.items()]


def _files(of: Report | Overall, names: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """As what each sheet leaves, and where."""

    def leaving(name: str) -> list[tuple[str, str]]:
        return files(lambda kind: of.file(f"{name}.{kind}"))

    return {name: leaving(name) for name in names}


routes = [overall, report, tab, meanings]
