"""Rows in the reader's words."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from desk.i18n import either, say
from desk.reports.queries.figures import Named
from desk.reports.queries.rows import Row
from desk.sla.queries import clocks
from desk.sla.rules import instants
from desk.tickets.routes.telling import Teller


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
    sent_back: datetime | None
    state: str  # kept, broken, or running while it is owed and not late
    failed: str
    failed_word: str
    reason: str
    done: str


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
        holder=holder(row, by),
        due=row.due_at,
        sent_back=row.reopened_at if row.failed == "reopened" else None,
        failed=row.failed or "",
        state="broken" if row.failed else "kept" if row.settled_at else "running",
        failed_word=became(row, by),
        reason=reason(row, by),
        done=_done(row, by),
    )


def became(row: Row, by: Teller) -> str:
    return say(by.language, f"reports.failed_{row.failed or ('not' if row.settled_at else 'owed')}")


def holder(row: Row, by: Teller) -> str:
    department = either(by.language, row.holder_zh or "", row.holder_en or "")
    parts = [department or say(by.language, "reports.nobodys_hands"), *([row.handler] if row.handler else [])]
    return " · ".join(parts)


def reason(row: Row, by: Teller) -> str:
    """The cause that was chosen, then what was said of it."""
    parts = ([by.say(f"cause_{row.cause}")] if row.cause else []) + ([row.reason] if row.reason else [])
    return " · ".join(parts)


def _done(row: Row, by: Teller) -> str:
    if row.settled_at is None:
        return say(by.language, "reports.still_owed")
    word = "given_up_on" if row.given_up else "done_on"
    return say(by.language, f"reports.{word}", at=by.times.moment(row.settled_at))
