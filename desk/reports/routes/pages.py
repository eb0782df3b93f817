"""GET /reports/{code}: the report of one department; the promises behind a figure; what the figures mean."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from desk import db
from desk.directory import queries as directory
from desk.directory.rules import Unknown
from desk.reports.queries import figures, rows
from desk.reports.queries.figures import Named
from desk.reports.queries.rows import AT_MOST, Wanted
from desk.reports.routes import asked, shown
from desk.reports.routes.asked import First, Last, Report, Word
from desk.reports.routes.files.sheets import KINDS
from desk.reports.routes.sheets import SHEETS, TABS
from desk.reports.rules import rates
from desk.reports.rules.cards import CARDS, MEANT
from desk.reports.rules.periods import NAMED
from desk.tickets.routes import telling
from desk.tickets.routes.telling import Teller, teller
from desk.web.page import page
from desk.web.viewer import STAFF, AnyRequest, Asks


@get("/reports/{code:str}", opt=STAFF, include_in_schema=False)
async def report(
    request: AnyRequest, reader: Asks, code: FromPath[str], first: First = "", last: Last = "", period: Word = ""
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        of = await asked.report(code, first, last, period, at=by.times.now)
        sheets = [await make(of, by) for make in TABS[""]]
        whole = rates.kept(await of.cells())
        behind = await _behind(of, Wanted(), await figures.services(), by)
    context: dict[str, Any] = {
        "failed": whole.n - whole.hits,
        "decided": whole.n,
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


@get("/reports/{code:str}/promises", opt=STAFF, include_in_schema=False)
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
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        of = await asked.report(code, first, last, period, at=by.times.now)
        names = await figures.services()
        wanted = asked.narrowed(kind, service, names, same_day=same_day)
        behind = await _behind(of, wanted, names, by)
    told = [by.say(f"kind_{kind}")] if kind else []
    told += [names[wanted.service].name(by.language)] if wanted.service else []
    query = {"kind": kind, "service": service, "same_day": "true" if same_day else ""}
    around: dict[str, Any] = {
        "back": of.address(),
        "file": of.address("/promises.csv", **{k: v for k, v in query.items() if v}),
    }
    around |= {"department": of.department, "period": of.period}
    return page(request, "reports/promises.html", told=told, **around, **behind)


@get("/reports/meanings", opt=STAFF, include_in_schema=False)
async def meanings(request: AnyRequest) -> Response[str]:
    return page(request, "reports/meanings.html", cards=CARDS)


async def _behind(of: Report, wanted: Wanted, names: Mapping[int, Named], by: Teller) -> dict[str, Any]:
    """The rows that the reader may read, and markers for the others."""
    found = await rows.rows(of.window, wanted)
    marked = await rows.markers(of.window, wanted)
    departments = {one.id: one.name(by.language) for one in await directory.departments(closed=True)} if marked else {}
    return {
        "lines": [await shown.line(row, names, by) for row in found[:AT_MOST]],
        "more": len(found) > AT_MOST,
        "at_most": AT_MOST,
        "markers": [telling.marker(one, departments, by) for one in marked],
    }


def _frame(of: Report, tab: str) -> dict[str, Any]:
    """What stands around the sheets: department, days, and the ways to the other pages."""
    tabs = [(name, of.address(f"/tabs/{name}" if name else "")) for name in TABS]
    saved = [(word, of.address_named(word, tab), days(of.today) == of.period) for word, days in NAMED.items()]
    files = {name: [(kind, of.address(f"/sheets/{name}.{kind}")) for kind in KINDS] for name in SHEETS}
    frame = {"department": of.department, "period": of.period, "tab": tab, "tabs": tabs, "meant": MEANT}
    return {**frame, "saved": saved, "files": files}


routes = [report, tab, promises, meanings]
