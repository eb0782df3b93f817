"""GET /api/openness: the same cells for programs."""

from datetime import date, timedelta

from litestar import get
from msgspec import Struct

from desk import db
from desk.directory import queries as directory
from desk.openness.queries import figures
from desk.openness.queries.figures import NOTHING_SAID, Honesty
from desk.openness.routes import shown
from desk.openness.rules import months as calendar
from desk.openness.rules.cells import NONE, Count, Published
from desk.openness.rules.lights import TARGET, light, share
from desk.web.page import now
from desk.web.viewer import STAFF, AnyRequest, Asks


class ShareSaid(Struct, frozen=True):
    """Of what is published: from `least` to `most`; with 95 % confidence from `low` to `high`."""

    least: float
    most: float
    low: float
    high: float


class CellSaid(Struct, frozen=True, kw_only=True):
    """Counts are numbers, or "<5", or a range as "38–41"; null where nothing may be told."""

    department: str
    month: str
    portions: int | str | None
    tiers: list[int | str | None]
    open: ShareSaid | None
    light: str
    refusals: int | str | None
    corrected_self: int | str | None
    corrected_disputed: int | str | None


class OverdueSaid(Struct, frozen=True, kw_only=True):
    department: str
    overdue: int | str | None


class OpennessSaid(Struct, frozen=True, kw_only=True):
    counted_until: date
    target: float
    items: list[CellSaid]
    overdue: list[OverdueSaid]


@get("/api/openness", opt=STAFF, tags=["openness"], summary="How much is open, by department and month")
async def openness_said(request: AnyRequest, reader: Asks) -> OpennessSaid:
    end = calendar.until(now(request))
    named = calendar.months(end)
    async with db.acting_as(reader, writing=False):
        departments = await directory.departments()
        cells = await figures.cells(named[0], end)
        honesty = await figures.honesty(named[0], end)
        overdue = await figures.overdue(end)
    return OpennessSaid(
        counted_until=end - timedelta(days=1),
        target=TARGET,
        items=[
            _cell(of.code, month, cell, honesty.get((of.id, month), NOTHING_SAID))
            for of in departments
            for month, cell in zip(named, shown.published(cells, of.id, named), strict=True)
        ],
        overdue=[OverdueSaid(department=of.code, overdue=_count(overdue.get(of.id, NONE))) for of in departments],
    )


def _cell(code: str, month: date, cell: Published, told: Honesty) -> CellSaid:
    found = share(cell.open, cell.shut)
    rounded = [round(one, 4) for one in (found.least, found.most, found.low, found.high)] if found else None
    return CellSaid(
        department=code,
        month=f"{month:%Y-%m}",
        portions=_count(cell.total),
        tiers=[_count(tier) for tier in cell.tiers],
        open=ShareSaid(*rounded) if rounded else None,
        light=light(cell.open, cell.shut),
        refusals=_count(told.refused),
        corrected_self=_count(told.corrected_self),
        corrected_disputed=_count(told.corrected_disputed),
    )


def _count(known: Count | None) -> int | str | None:
    if known is None:
        return None
    return known.most if known.exact else shown.count(known)


routes = [openness_said]
