"""A handler's day: what was promised for today first, then who waits for a first reply."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from msgspec import Struct

from desk import db
from desk.accounts.queries import Standing
from desk.disclosure import queries as disclosure
from desk.mail.queries.waiting import how_many
from desk.sla.queries import clocks
from desk.sla.rules.kinds import Kind
from desk.tickets.queries import asks, lists
from desk.tickets.routes import telling
from desk.tickets.routes.show import department_names
from desk.tickets.routes.telling import MarkerLine, Teller, teller
from desk.web.page import page, see
from desk.web.viewer import STAFF, AnyRequest, Asks

SHOWN = 60
LATER = 12
MARKED_DAYS = 30


class ToSign(Struct, frozen=True, kw_only=True):
    """`place`: of the request and the ask in it."""

    number: int
    title: str
    token: str
    from_: str
    state: str
    clock: str
    say: str


class Work(Struct, frozen=True, kw_only=True):
    number: int
    title: str
    from_: str
    state: str
    clock: str
    say: str
    take: bool
    critical: bool
    tag: str = ""


@get("/desk", opt=STAFF, include_in_schema=False)
async def desk(request: AnyRequest, reader: Asks, standing: NamedDependency[Standing]) -> Response[str]:
    """Whoever handles nothing has no desk, and is led home."""
    if not handled(standing):
        return see(request, "/")
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        context = await _context(standing, by)
    return page(request, "tickets/desk.html", fragment="live", **context)


async def _context(standing: Standing, by: Teller) -> dict[str, Any]:
    departments = handled(standing)
    names = await department_names(by)
    rows = await lists.queue(departments, after=None, handler=None, at_most=SHOWN)
    today, first, later = _sorted(rows, standing, by)
    count = await lists.queue_count(departments)
    sign = await signing(standing.person, by)
    return {
        "headline": headline(today, first, by, sign=len(sign["to_sign"])),
        **sign,
        "department": by.say("list_and").join(names[of] for of in departments),
        "today": today,
        "first": first,
        "first_note": "",
        "later": later[:LATER],
        "letters": await how_many(),
        "queue_count": "999+" if count >= 1000 else str(count),
        "markers": await markers(departments, names, by),
    }


async def signing(person: int, by: Teller) -> dict[str, Any]:
    """The strip of what waits for somebody's signature, and how quickly they sign."""
    rows = await asks.to_sign(person, by.times.now)
    signed, spot = await asks.signed_lately(person, by.times.now) if rows else (0, 0)
    lately = by.say("desk_sign_lately", n=signed, spot=spot) if signed else ""
    return {"to_sign": [_to_sign(row, by) for row in rows], "sign_lately": lately}


def _to_sign(row: Mapping[str, Any], by: Teller) -> ToSign:
    return ToSign(
        number=row["number"],
        title=row["title"],
        token=row["token"],
        from_=by.say(
            "desk_sign_from", asker=row["asker"], requester=row["requester"], department=by.either(row, "from")
        ),
        state=telling.of_row(row, by.times.now),
        clock=by.times.clock_left(row["due_at"]),
        say=by.due_by(row["kind"], row["due_at"], None),
    )


def handled(standing: Standing) -> list[int]:
    return sorted(set(standing.handles) | set(standing.heads))


def _sorted(rows: list[Any], standing: Standing, by: Teller) -> tuple[list[Work], list[Work], list[Work]]:
    """(promised for today or already late, waiting for a first reply, later): mine and nobody's, not my colleagues'."""
    today: list[Work] = []
    first: list[Work] = []
    later: list[Work] = []
    day = by.times.local(by.times.now).date()
    for row in rows:
        hands = row["person"] if row["kind"] == Kind.OLA else row["handler"]
        if hands not in (None, standing.person):
            continue
        if row["kind"] == "first_reply":
            first.append(work(row, by))
        elif by.times.local(row["due_at"]).date() <= day:
            today.append(work(row, by))
        else:
            later.append(work(row, by))
    return today, first, later


def work(row: Mapping[str, Any], by: Teller) -> Work:
    due, now = row["due_at"], by.times.now
    return Work(
        number=row["number"],
        title=row["title"],
        from_=f"{row['requester']} · {by.either(row, 'from')}",
        state=telling.of_row(row, now),
        clock=by.times.clock_left(due),
        say=by.due_by(row["kind"], due, row["what"]),
        take=row["handler"] is None and row["kind"] != Kind.OLA,
        critical=row["critical"],
    )


def headline(today: list[Work], first: list[Work], by: Teller, *, sign: int) -> str:
    """今天答应了5件事，1件已经失约，2件不到1小时: the numbers of what stands below."""
    works = today + first
    broken = sum(one.state == "broken" for one in works)
    near = sum(one.state == "near" for one in works)
    parts = [by.say("headline_today", n=len(works) + sign)]
    parts += [by.say("headline_broken", n=broken)] if broken else []
    parts += [by.say("headline_near", n=near)] if near else []
    return by.say("list_comma").join(parts)


async def markers(departments: list[int], names: dict[int, str], by: Teller) -> list[MarkerLine]:
    """A strip of their own: without it the page is the same to the byte."""
    found = []
    for of in departments:
        since = (await clocks.clock(of)).today(by.times.now) - timedelta(days=MARKED_DAYS)
        found += [telling.marker(one, names, by) for one in await disclosure.beside(of, since=since)]
    return found
