"""Figures and rows in the reader's words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from desk.i18n import either, say
from desk.reports.queries.figures import Named, Spans
from desk.reports.queries.rows import Row
from desk.reports.routes.asked import Report
from desk.reports.rules.periods import Period
from desk.reports.rules.rates import LEAST, NONE, Cell, Rate, kept_by
from desk.sla.queries import clocks
from desk.sla.rules import instants
from desk.sla.rules.kinds import Kind
from desk.tickets.routes.telling import Teller


class Figure(Struct, frozen=True):
    """A share with its n and interval; – where there are too few. `href`: the rows behind it."""

    n: str
    share: str
    interval: str
    href: str


class Line(Struct, frozen=True, kw_only=True):
    """One promise: `late` in business time after its due, `waited` from its start; "" where it was kept."""

    number: int
    title: str
    tier: int
    token: str
    promise: str
    waits: str
    waited: str
    late: str
    holder: str
    due: datetime
    failed: str
    failed_word: str
    reason: str
    done: str


class SpanLine(Struct, frozen=True):
    name: str
    clock: str
    n: int
    figures: list[str]  # p50, p85, p95, longest


class KeptLine(Struct, frozen=True):
    """Of a kind and a service: the whole period, then its weeks, the oldest first."""

    kind: str
    service: str
    whole: Figure
    weeks: list[Figure]


def figure(rate: Rate, href: str) -> Figure:
    if not rate.told:
        return Figure(f"<{LEAST}" if rate.n else "0", "–", "–", href)
    low, high = rate.interval
    return Figure(
        f"{rate.n:,}", _percent(rate.tenths), f"{_percent(int(1000 * low))}–{_percent(int(1000 * high))}", href
    )


def _percent(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}%"


def kept_lines(cells: Sequence[Cell], of: Report, names: Mapping[int, Named], by: Teller) -> list[KeptLine]:
    """In the order of kinds."""
    whole = kept_by(cells, lambda one: (one.kind, one.service))
    weekly = kept_by(cells, lambda one: (one.kind, one.service, one.week))
    weeks = [of.period.within(monday) for monday in of.period.weeks()]

    def opened(rate: Rate, period: Period, kind: str, service: int) -> Figure:
        return figure(rate, of.address_in(period, "/promises", kind=kind, service=names[service].code))

    return [
        KeptLine(
            by.say(f"kind_{kind}"),
            names[service].name(by.language),
            opened(whole[kind, service], of.period, kind, service),
            [opened(weekly.get((kind, service, n), NONE), week, kind, service) for n, week in enumerate(weeks)],
        )
        for kind, service in _ordered(whole)
    ]


def _ordered(found: Mapping[tuple[str, int], object]) -> list[tuple[str, int]]:
    order = [kind.value for kind in Kind]
    return sorted(found, key=lambda key: (order.index(key[0]), key[1]))


def span_lines(found: Mapping[str, Spans], by: Teller) -> list[SpanLine]:
    """Business time, then wall time, of first replies and resolutions; too few have no figure."""
    return [
        SpanLine(by.say(f"kind_{kind}"), clock, one.n, [_long(value, clock, by) for value in values] or ["–"] * 4)
        for kind in (Kind.FIRST_REPLY, Kind.RESOLUTION)
        if (one := found.get(kind)) and one.n >= LEAST
        for clock, values in (("business", one.business), ("wall", one.wall))
    ]


def _long(seconds: int, clock: str, by: Teller) -> str:
    return business(seconds, by) if clock == "business" else by.times.span(seconds)


def business(seconds: int, by: Teller) -> str:
    """Business time is told in hours, however many: eight of them are a day for some, twenty-four for others."""
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if not hours:
        return by.times.span(seconds)
    return say(by.language, "web.span_hours", hours=hours, minutes=f"{minutes:02}")


async def line(row: Row, names: Mapping[int, Named], by: Teller) -> Line:
    calendar = (await clocks.version(row.calendar)).compiled
    ended = instants.seconds(row.settled_at or by.times.now)
    since, due = instants.seconds(row.started_at), instants.seconds(row.due_at)
    late = calendar.between(due, ended) if row.failed in ("broken", "overdue") else 0
    return Line(
        number=row.number,
        title=row.title,
        tier=row.tier,
        token=row.token,
        promise=f"{by.say(f'kind_{row.kind}')} · {names[row.service].name(by.language)}",
        waits=row.waits,
        waited=business(calendar.between(since, ended), by),
        late=business(late, by) if late else "",
        holder=_holder(row, by),
        due=row.due_at,
        failed=row.failed or "",
        failed_word=say(by.language, f"reports.failed_{row.failed or 'not'}"),
        reason=row.reason or "",
        done=_done(row, by),
    )


def _holder(row: Row, by: Teller) -> str:
    department = either(by.language, row.holder_zh or "", row.holder_en or "")
    parts = [department or say(by.language, "reports.nobodys_hands"), *([row.handler] if row.handler else [])]
    return " · ".join(parts)


def _done(row: Row, by: Teller) -> str:
    if row.settled_at is None:
        return say(by.language, "reports.still_owed")
    return say(by.language, "reports.done_on", at=by.times.moment(row.settled_at))
