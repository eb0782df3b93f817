"""GET /reports/{code}: the report of one department; the promises behind a figure; what the figures mean."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery

from desk import db
from desk.directory import queries as directory
from desk.directory.rules import Unknown
from desk.disclosure.rules import Marker
from desk.reports.queries import figures, rows
from desk.reports.queries.figures import Named
from desk.reports.queries.rows import FIRST, Row, Wanted
from desk.reports.routes import asked, shown
from desk.reports.routes.asked import First, Last, LeafNumber, Overall, Report, Word
from desk.reports.routes.files.sheets import KINDS, OVERALL
from desk.reports.routes.sheets import SHEETS, TABS
from desk.reports.rules import leaves, rates
from desk.reports.rules.cards import CARDS, MEANT
from desk.reports.rules.drawing import dots
from desk.reports.rules.leaves import LEAF
from desk.reports.rules.periods import NAMED
from desk.tickets.routes import telling
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
        behind = await _failed(of, await figures.services(), by)
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
    failures: FromQuery[bool] = False,
    leaf: LeafNumber = 1,
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        of = await asked.report(code, first, last, period, at=by.times.now)
        names = await figures.services()
        wanted = asked.narrowed(kind, service, names, same_day=same_day, failures=failures)
        found = await rows.rows(of.window, wanted, leaf)
        behind = await _told(found[:LEAF], await rows.markers(of.window, wanted) if leaf == 1 else [], names, by)
    query = asked.query(kind=kind, service=service, same_day=same_day, failures=failures)
    around: dict[str, Any] = {"told": _narrowed(wanted, names, by), "file": of.address("/promises.csv", **query)}
    around["leaf"] = leaves.leaf(leaf, found, partial(of.leaf, "/promises", query))
    around |= {"department": of.department, "period": of.period, "back": of.address()} | behind
    return page(request, "reports/promises.html", **around)


@get("/reports/meanings", opt=STAFF, include_in_schema=False)
async def meanings(request: AnyRequest) -> Response[str]:
    return page(request, "reports/meanings.html", cards=CARDS)


def _narrowed(wanted: Wanted, names: Mapping[int, Named], by: Teller) -> list[str]:
    """To what the list is, in words."""
    kind = [by.say(f"kind_{wanted.kind}")] if wanted.kind else []
    return kind + ([names[wanted.service].name(by.language)] if wanted.service else [])


async def _failed(of: Report, names: Mapping[int, Named], by: Teller) -> dict[str, Any]:
    failures = await of.failures()
    found = await rows.failed_rows(of.window, failures) if failures else []
    marked = await rows.failure_markers(of.window, failures) if failures else []
    more = of.address("/promises", failures="true") if len(found) > FIRST else ""
    return await _told(found[:FIRST], marked, names, by) | {"more": more, "at_most": FIRST}


async def _told(found: list[Row], marked: list[Marker], names: Mapping[int, Named], by: Teller) -> dict[str, Any]:
    """The rows that the reader may read, and markers for the others."""
    departments = {one.id: one.name(by.language) for one in await directory.departments(closed=True)} if marked else {}
    return {
        "lines": [await shown.line(row, names, by) for row in found],
        "markers": [telling.marker(one, departments, by) for one in marked],
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
    return {name: [(kind, of.file(f"{name}.{kind}")) for kind in KINDS] for name in names}


routes = [overall, report, tab, promises, meanings]
