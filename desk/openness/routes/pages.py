"""GET /openness: all departments side by side; one of them with its months and what may be due for opening."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from msgspec import Struct

from desk import db
from desk.directory import queries as directory
from desk.directory.queries import Department
from desk.openness.queries import doubts, figures
from desk.openness.queries.doubts import Doubtful
from desk.openness.queries.figures import NOTHING_SAID, Honesty
from desk.openness.routes import shown
from desk.openness.routes.shown import Figure, Mark
from desk.openness.rules import months as calendar
from desk.openness.rules.cells import NONE, Count, Published
from desk.openness.rules.lights import TARGET, overdue_light
from desk.openness.rules.waiting import Wait, median
from desk.web.page import now, page
from desk.web.viewer import STAFF, AnyRequest, Asks, language


class Line(Struct, frozen=True, kw_only=True):
    """A department in the overview."""

    code: str
    name: str
    own: bool
    figure: Figure
    marks: list[Mark]
    overdue: str
    overdue_sign: str


class Month(Struct, frozen=True, kw_only=True):
    day: date
    figure: Figure
    tiers: list[str]
    median: int | None
    refused: str
    corrected_self: str
    corrected_disputed: str


@get("/openness", opt=STAFF, include_in_schema=False)
async def openness(request: AnyRequest, reader: Asks) -> Response[str]:
    at, said = now(request), language(request)
    end = calendar.until(at)
    named = calendar.months(end)
    async with db.acting_as(reader, writing=False):
        departments = await directory.departments()
        led = {one.id for one in await directory.led(reader.person or 0, at)}
        cells = await figures.cells(named[0], end)
        overdue = await figures.overdue(end)
    departments.sort(key=lambda one: one.id not in led)
    lines = [
        _line(one, shown.published(cells, one.id, named), overdue.get(one.id, NONE), said, own=one.id in led)
        for one in departments
    ]
    return page(request, "openness/overview.html", lines=lines, first=named[0], **_told(end))


@get("/openness/{code:str}", opt=STAFF, include_in_schema=False)
async def department(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    at, said = now(request), language(request)
    end = calendar.until(at)
    named = calendar.months(end)
    async with db.acting_as(reader, writing=False):
        found = await directory.department_called(code)
        cells = await figures.cells(named[0], end)
        overdue = (await figures.overdue(end)).get(found.id, NONE)
        waits = await figures.waits(found.id, named[0], end)
        honesty = await figures.honesty(named[0], end)
        doubtful = await doubts.doubtful(found.id, at=at)
    published = shown.published(cells, found.id, named)
    context = {
        "department": found,
        "line": _line(found, published, overdue, said),
        "months": _months(found, dict(zip(named, published, strict=True)), waits, honesty, said),
        "median": median(one for lot in waits.values() for one in lot),
        **_doubts(doubtful),
    }
    return page(request, "openness/department.html", first=named[0], **context, **_told(end))


def _told(end: date) -> dict[str, Any]:
    return {"last_day": end - timedelta(days=1), "target": round(TARGET * 100), "target_at": shown.TARGET_AT}


def _line(of: Department, months: Sequence[Published], overdue: Count, said: str, *, own: bool = False) -> Line:
    return Line(
        code=of.code,
        name=of.name(said),
        own=own,
        figure=shown.together(months, said),
        marks=shown.drawing(months),
        overdue=shown.count(overdue),
        overdue_sign=shown.SIGNS[overdue_light(overdue)],
    )


def _months(
    of: Department,
    published: Mapping[date, Published],
    waits: Mapping[date, Sequence[Wait]],
    honesty: Mapping[tuple[int, date], Honesty],
    said: str,
) -> list[Month]:
    """The newest first; months in which nothing was written are left out."""
    return [
        Month(
            day=month,
            figure=shown.month_figure(cells, said),
            tiers=[shown.count(tier) for tier in cells.tiers],
            median=median(waits.get(month, ())),
            refused=shown.count(told.refused),
            corrected_self=shown.count(told.corrected_self),
            corrected_disputed=shown.count(told.corrected_disputed),
        )
        for month, cells in reversed(list(published.items()))
        if cells.total is None or cells.total.most
        for told in [honesty.get((of.id, month), NOTHING_SAID)]
    ]


def _doubts(found: list[Doubtful]) -> dict[str, Any]:
    return {"doubtful": found[: doubts.AT_MOST], "more": len(found) > doubts.AT_MOST, "at_most": doubts.AT_MOST}


routes = [openness, department]
