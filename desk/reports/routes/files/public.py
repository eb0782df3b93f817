"""GET /reports/published.csv, /reports/{code}/public.csv, and .xlsx: what every employee may know, as files."""

from collections.abc import Sequence

from litestar import Response, get
from litestar.params import FromPath

from desk import db
from desk.i18n import say
from desk.reports.routes import public
from desk.reports.routes.files.lists import kind_of
from desk.reports.routes.files.sheets import file_of
from desk.reports.routes.files.workbook import Table
from desk.reports.routes.public import Told
from desk.reports.rules.commas import Value
from desk.tickets.routes.telling import Teller, teller
from desk.web.viewer import STAFF, AnyRequest, Asks

_SHARES = ("kept", "same_day", "expectation")


@get(["/reports/published.csv", "/reports/published.xlsx"], opt=STAFF, include_in_schema=False)
async def departments(request: AnyRequest, reader: Asks) -> Response[bytes]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        lines = await public.last_month(by)
    titles = [say(by.language, f"reports.{name}") for name in ("department", "card_kept", "interval", "n")]
    rows = [[one.name, *_values(one.kept)] for one in lines]
    return _file(request, say(by.language, "reports.last_month"), titles, rows, name="published")


@get(["/reports/{code:str}/public.csv", "/reports/{code:str}/public.xlsx"], opt=STAFF, include_in_schema=False)
async def months(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[bytes]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        found = await public.published(code, by)
    titles = [say(by.language, "reports.month")]
    for card in _SHARES:
        titles += [say(by.language, f"reports.{name}") for name in (f"card_{card}", "interval", "n")]
    titles += [say(by.language, f"reports.public_{name}") for name in ("p50", "p85")]
    rows = [
        [one.day.isoformat()[:7], *(value for told in one.shares for value in _values(told)), *one.spans]
        for one in found.months
    ]
    name = say(by.language, "reports.public_of", department=found.department.name(by.language))
    return _file(request, name, titles, rows, name=f"{code}-public")


def _values(of: Told) -> list[Value]:
    return [of.share, of.interval, of.n]


def _file(
    request: AnyRequest, title: str, titles: Sequence[Value], rows: Sequence[Sequence[Value]], *, name: str
) -> Response[bytes]:
    by: Teller = teller(request)
    at = by.times.now
    whose = [title, f"{by.times.local(at):%Y-%m-%d %H:%M} {by.times.zone}", by.language]
    remarks = [say(by.language, "reports.public_few")]
    table = Table(name=title, about=whose, titles=titles, rows=rows, remarks=remarks)
    return file_of(table, name, kind_of(request), at=at)


routes = [departments, months]
