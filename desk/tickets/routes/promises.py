"""The ledger: what I promised, what was promised to me, what my departments owe; the earliest due first."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Struct

from desk import db
from desk.accounts.queries import Standing
from desk.tickets.queries import ledger
from desk.tickets.queries.ledger import After, Window
from desk.tickets.queries.lists import Row
from desk.tickets.routes import telling
from desk.tickets.routes.desk import handled
from desk.tickets.routes.telling import Teller, teller
from desk.web import cursor
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks

PAGE = 50
BY_ME, TO_ME, DEPARTMENT = "by_me", "to_me", "department"
SHOWS = ("all", "today", "broken", "asked")
Word = Annotated[str, QueryParameter(max_length=64)]


class Choice(Struct, frozen=True):
    href: str
    label: str
    current: bool


class Line(Struct, frozen=True, kw_only=True):
    token: str
    number: int
    title: str
    tier: int
    who: str
    asked: str
    state: str
    word: str
    left: str
    share: int


@get("/promises", include_in_schema=False)
async def promises(
    request: AnyRequest,
    reader: Asks,
    standing: NamedDependency[Standing],
    of: Word = "",
    show: Word = "",
    after: Annotated[str, QueryParameter(max_length=cursor.LONGEST)] = "",
) -> Response[str]:
    """An unknown word in the address counts as none."""
    by, tabs = teller(request), _tabs(standing)
    of, show = of if of in tabs else tabs[0], show if show in SHOWS else SHOWS[0]
    async with db.acting_as(reader, writing=False):
        rows = await _rows(of, _window(show, by), _place(after), standing)
    shown, more = rows[:PAGE], rows[PAGE:]
    context: dict[str, Any] = {
        "tabs": [Choice(_address(one, "all"), by.say(f"promises_{one}"), one == of) for one in tabs],
        "shows": [Choice(_address(of, one), by.say(f"promises_show_{one}"), one == show) for one in SHOWS],
        "lines": [_line(row, of, by) for row in shown],
        "here": _address(of, show, after),
        **_nothing(of, show, by),
        "next": _address(of, show, cursor.seal("promises", shown[-1]["due_at"], shown[-1]["promise"])) if more else "",
        "first": _address(of, show) if after else "",
    }
    return page(request, "tickets/promises.html", fragment="live", **context)


def _tabs(standing: Standing) -> list[str]:
    """Whoever serves begins with what they owe; guests give no words here."""
    if standing.guest:
        return [TO_ME]
    return [BY_ME, TO_ME, DEPARTMENT] if handled(standing) else [TO_ME, BY_ME]


async def _rows(of: str, window: Window, after: After | None, standing: Standing) -> list[Row]:
    if of == DEPARTMENT:
        return await ledger.of_departments(handled(standing), window, after=after, at_most=PAGE + 1)
    owed = ledger.by_me if of == BY_ME else ledger.to_me
    return await owed(standing.person, window, after=after, at_most=PAGE + 1)


def _window(show: str, by: Teller) -> Window:
    now = by.times.now
    today = by.times.local(now).date()
    match show:
        case "today":
            return Window(after=by.times.local(today), until=by.times.local(today + timedelta(days=1)))
        case "broken":
            return Window(until=now, broken_by=now)
        case "asked":
            return Window(after=now, asked=True)
    return Window()


def _place(word: str) -> After | None:
    """Raises Invalid for what no page of ours has led to."""
    if not word:
        return None
    _, due, promise = cursor.unseal(word, tuple[Literal["promises"], datetime, int])
    return After(due, promise)


def _line(row: Mapping[str, Any], of: str, by: Teller) -> Line:
    due, now = row["due_at"], by.times.now
    state, asked = telling.of_row(row, now), row["renewal_at"]
    return Line(
        token=row["token"],
        number=row["number"],
        title=row["title"],
        tier=row["tier"],
        who=_who(row, of, by),
        asked=by.say("promises_asked", until=by.when(asked)) if asked and due > now else "",
        state=state,
        word=by.due_by(row["kind"], due, row["what"]),
        left="" if state == "paused" else telling.remaining(due, row["breaks_at"], by.times),
        share=telling.share(row["started_at"], due, now),
    )


def _nothing(of: str, show: str, by: Teller) -> dict[str, Any]:
    filtered = show != SHOWS[0]
    return {
        "nothing": by.say(f"promises_none_{show}"),
        "hint": by.say("queue_empty_next" if filtered else f"promises_none_next_{of}"),
        "back": (_address(of, SHOWS[0]), by.say("queue_all")) if filtered else ("/", by.say("home_title")),
    }


def _who(row: Mapping[str, Any], of: str, by: Teller) -> str:
    department = by.either(row, "department")
    giver = by.say("promises_giver", name=row["giver"], department=department) if row["giver"] else department
    return by.say(f"promises_who_{of}", giver=giver, promisee=row["promisee"])


def _address(of: str, show: str, after: str = "") -> str:
    query = {"of": of} | ({"show": show} if show != SHOWS[0] else {}) | ({"after": after} if after else {})
    return f"/promises?{urlencode(query)}"
