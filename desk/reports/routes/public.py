"""GET /reports and /reports/{code}/public: what every employee may know of a department's promises."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from msgspec import Struct

from desk import db
from desk.directory import queries as directory
from desk.directory.queries import Department
from desk.i18n import Refused
from desk.reports.queries import figures
from desk.reports.queries import published as queries
from desk.reports.routes.leaving import files
from desk.reports.routes.shown import business
from desk.reports.rules.published import NOTHING, PARTS, Count, Share, months, whole
from desk.reports.rules.rates import LEAST, per_cent
from desk.sla.queries import clocks
from desk.tickets.routes.telling import Teller, teller
from desk.web.page import page
from desk.web.viewer import STAFF, AnyRequest, Asks


class Told(Struct, frozen=True):
    share: str
    interval: str
    n: str


class Month(Struct, frozen=True):
    day: date
    shares: list[Told]  # kept, same_day, expectation
    spans: list[str]  # p50, p85


class Line(Struct, frozen=True):
    code: str
    name: str
    kept: Told


class Published(Struct, frozen=True):
    """Months that have ended, the newest first."""

    department: Department
    months: list[Month]


@get("/reports", opt=STAFF, include_in_schema=False)
async def departments(request: AnyRequest, reader: Asks) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        overseen = await figures.overseen()
        lines = await last_month(by)
    return page(request, "reports/departments.html", overseen=overseen, lines=lines, files=_files("published"))


@get("/reports/{code:str}/public", opt=STAFF, include_in_schema=False)
async def public(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        found = await published(code, by)
        oversees = await figures.oversees(found.department.id)
    context: dict[str, Any] = {"department": found.department, "months": found.months, "oversees": oversees}
    return page(request, "reports/public.html", files=_files(f"{code}/public"), **context)


def _files(name: str) -> list[tuple[str, str]]:
    return files(lambda kind: f"/reports/{name}.{kind}")


async def last_month(by: Teller) -> list[Line]:
    """Of all departments, in the order of their codes."""
    return [await _line(one, by) for one in await directory.departments()]


async def published(code: str, by: Teller) -> Published:
    """Raises Unknown."""
    department = await directory.department_called(code)
    clock = await clocks.clock(department.id)
    days = months(clock.today(by.times.now))
    shares = await queries.shares(clock, days)
    spans = await queries.spans(clock, days)
    known = {month for month, _ in shares}
    told = [_month(day, shares, spans.get(day, ()), by) for day in days[:-1] if day in known]
    return Published(department, told[::-1])


async def _line(of: Department, by: Teller) -> Line:
    """Of the last month; a department without a calendar owes nothing."""
    try:
        clock = await clocks.clock(of.id)
    except Refused:
        return Line(of.code, of.name(by.language), told(NOTHING))
    shares = await queries.shares(clock, months(clock.today(by.times.now))[-2:])
    return Line(of.code, of.name(by.language), told(whole(shares.values())))


def _month(day: date, shares: Mapping[tuple[date, str], Share], spans: tuple[int, ...], by: Teller) -> Month:
    parts = [shares.get((day, part), NOTHING) for part in PARTS]
    return Month(
        day, [told(one) for one in (whole(parts), *parts[:2])], [business(value, by) for value in spans] or ["–", "–"]
    )


def told(of: Share) -> Told:
    if not of.told:
        return Told("–", "", _count(of.n))
    low, high = of.tenths
    ends = [per_cent(int(1000 * end)) for end in of.interval]
    return Told(per_cent(low) if low == high else f"{per_cent(low)}–{per_cent(high)}", "–".join(ends), _count(of.n))


def _count(of: Count) -> str:
    if of.least == of.most:
        return f"{of.most:,}"
    return f"<{LEAST}" if of.most < LEAST else f"{of.least:,}–{of.most:,}"


routes = [departments, public]
