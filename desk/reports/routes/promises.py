"""GET /reports/{code}/promises: the promises behind a figure, leaf by leaf."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from litestar import Response, get
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from desk import db
from desk.i18n import say
from desk.reports.queries import figures, letters, rows
from desk.reports.queries.figures import Named, Window
from desk.reports.queries.rows import Owed, Row, Wanted
from desk.reports.routes import asked, shown
from desk.reports.routes.asked import First, Last, LeafNumber, Narrowed, Report, Word
from desk.reports.routes.beside import beside
from desk.reports.routes.leaving import files
from desk.reports.rules import leaves
from desk.reports.rules.leaves import LEAF
from desk.reports.rules.rates import LEAST
from desk.tickets.routes.telling import Teller, teller
from desk.web.page import page
from desk.web.viewer import STAFF, AnyRequest, Asks


class Listed(Struct, frozen=True, kw_only=True):
    """Promises of a department, as an address asks for them."""

    of: Report
    words: Narrowed
    wanted: Wanted
    names: Mapping[int, Named]  # of services

    @property
    def window(self) -> Window:
        return self.of.today_window if self.wanted.owed else self.of.window

    @property
    def days(self) -> Report:
        """Of which days its file and what stands beside it tell."""
        return self.of.now() if self.wanted.owed else self.of

    async def counted(self) -> int | None:
        """Also those that the reader may not read. None where it is narrowed to fewer than LEAST that are decided, of
        which no figure tells either: a number would say of what kind and service a single promise is.
        """
        wanted = self.wanted
        if wanted.owed:
            owed = await letters.owed(self.window.department, self.window.since, self.window.until)
            return owed.overdue if wanted.owed is Owed.OVERDUE else owed.today
        cells = [
            one for one in await self.of.cells()
            if wanted.kind in (None, one.kind) and wanted.service in (None, one.service)
            and (one.same_day or not wanted.same_day)
        ]  # fmt: skip
        narrowed = wanted.kind or wanted.service or wanted.same_day
        if narrowed and sum(one.n for one in cells) < LEAST:
            return None
        return sum(one.failed if wanted.failures else one.n for one in cells)

    async def unread(self, readable: int, by: Teller) -> str:
        """How many of them are counted and may not be read, or ""."""
        counted = await self.counted()
        return say(by.language, "reports.unread", n=counted - readable) if counted and counted > readable else ""

    def told(self, by: Teller) -> list[str]:
        """To what the list is narrowed, in words."""
        wanted = self.wanted
        if wanted.owed:
            return [say(by.language, f"reports.letter_{wanted.owed}")]
        kind = [by.say(f"kind_{wanted.kind}")] if wanted.kind else []
        service = [self.names[wanted.service].name(by.language)] if wanted.service else []
        flags = [say(by.language, f"reports.only_{name}") for name in ("same_day", "failures") if getattr(wanted, name)]
        return [*kind, *service, *flags]


async def listed(code: str, days: tuple[str, str, str], words: Narrowed, by: Teller) -> Listed:
    """`days`: the first, the last, and a word in their place. Raises what `asked.report` and `asked.narrowed` raise."""
    of = await asked.report(code, *days, at=by.times.now)
    names = await figures.services()
    return Listed(of=of, words=words, wanted=asked.narrowed(words, names), names=names)


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
    owed: Word = "",
    leaf: LeafNumber = 1,
) -> Response[str]:
    by = teller(request)
    words = Narrowed(kind=kind, service=service, same_day=same_day, failures=failures, owed=owed)
    async with db.acting_as(reader, writing=False):
        lot = await listed(code, (first, last, period), words, by)
        found = await rows.rows(lot.window, lot.wanted, leaf)
        context: dict[str, Any] = {"lines": [await shown.line(row, lot.names, by) for row in found[:LEAF]]}
        context |= await _counted(lot, found, by) if leaf == 1 else {"counted": "", "unread": "", "beside": None}
    query = words.query()
    context["leaf"] = leaves.leaf(leaf, found, partial(lot.of.leaf, "/promises", query))
    return page(request, "reports/promises.html", **context, **_around(lot, query, by))


def _around(lot: Listed, query: dict[str, str], by: Teller) -> dict[str, Any]:
    of = lot.of
    around = {"department": of.department, "back": of.address(), "told": lot.told(by)}
    around |= {
        "files": files(lambda kind: of.address(f"/promises.{kind}", **query)),
        "period": None if lot.wanted.owed else of.period,
    }
    return around


async def _counted(lot: Listed, found: list[Row], by: Teller) -> dict[str, Any]:
    """How many there are, how many of them may not be read; and what stands beside every list."""
    counted = await lot.counted()
    readable = len(found) if len(found) <= LEAF else await rows.readable(lot.window, lot.wanted)
    told = say(by.language, "reports.counted_few" if counted is None else "reports.counted", n=counted or 0)
    return {"counted": told, "unread": await lot.unread(readable, by), "beside": await beside(lot.days, by)}


routes = [promises]
