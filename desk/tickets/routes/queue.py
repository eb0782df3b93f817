"""Requests in a dense list: what is owed first by due, everything else by number; paged by key."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from msgspec import Struct

from desk import db
from desk.accounts.queries import Standing
from desk.directory import queries as directory
from desk.directory.queries import Department
from desk.tickets.queries import lists
from desk.tickets.queries.lists import Key
from desk.tickets.routes import telling
from desk.tickets.routes.desk import handled, markers
from desk.tickets.routes.telling import Teller, teller
from desk.tickets.rules.states import State
from desk.web import cursor, forms
from desk.web.page import page
from desk.web.viewer import STAFF, AnyRequest, Asks

PAGE = 50
TODO, RUNNING, ALL = "todo", "running", "all"
Word = Annotated[str, QueryParameter(max_length=64)]


class Row(Struct, frozen=True, kw_only=True):
    number: int
    title: str
    tier: int
    critical: bool
    state: str
    state_word: str
    from_: str
    service: str
    due: str
    due_iso: str
    due_exact: str


class Asked(Struct, frozen=True, kw_only=True):
    """What the list is to show. An unknown word in the address counts as none."""

    state: str
    department: Department | None
    handler: str
    mine: bool
    after: str


@get("/queue", opt=STAFF, include_in_schema=False)
async def queue(
    request: AnyRequest,
    reader: Asks,
    standing: NamedDependency[Standing],
    wanted: Annotated[str, QueryParameter(name="state", max_length=64)] = "",
    department: Word = "",
    handler: Word = "",
    mine: FromQuery[bool] = False,
    after: Annotated[str, QueryParameter(max_length=cursor.LONGEST)] = "",
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        known = await directory.departments(closed=True)
        chosen = _department(department, known, standing, mine)
        asked = Asked(state=_state(wanted, chosen), department=chosen, handler=handler, mine=mine, after=after)
        context = await _context(asked, known, standing, by)
    return page(request, "tickets/queue.html", fragment="rows", **context)


def _department(code: str, known: list[Department], standing: Standing, mine: bool) -> Department | None:
    """Without a choice: the department where one works as a handler."""
    if code == ALL or (mine and not code):
        return None
    own = handled(standing)
    wanted = [one for one in known if one.code == code] or [one for one in known if own and one.id == own[0]]
    return wanted[0] if wanted else None


def _state(word: str, department: Department | None) -> str:
    """Without a choice: what is still to be done."""
    if word in (RUNNING, ALL, *State) or (word == TODO and department):
        return word
    return TODO if department else RUNNING


async def _context(asked: Asked, known: list[Department], standing: Standing, by: Teller) -> dict[str, Any]:
    rows = await _rows(asked, standing)
    shown, more = rows[:PAGE], rows[PAGE:]
    names = {one.id: one.name(by.language) for one in known}
    of = [asked.department.id] if asked.department else []
    return {
        "filter": forms.Form(key="", typed=_typed(asked)),
        "states": [(word, by.say(f"filter_{word}")) for word in (*([TODO] if of else []), RUNNING, ALL, *State)],
        "departments": [(ALL, by.say("filter_departments"))] + [(one.code, names[one.id]) for one in known],
        "handlers": [(word, by.say(f"filter_handler_{word}")) for word in ("all", "me", "nobody")],
        "rows": [_row(row, by) for row in shown],
        "by_due": asked.state == TODO,
        "next": _address(asked, _next(shown[-1], asked)) if more else "",
        "first": _address(asked, "") if asked.after else "",
        "markers": await markers(of, names, by) if not asked.after and not asked.mine else [],
    }


async def _rows(asked: Asked, standing: Standing) -> list[Any]:
    handler = {"me": standing.person, "nobody": 0}.get(asked.handler)
    of = [asked.department.id] if asked.department else None
    if asked.state == TODO and of:
        return await lists.queue(of, after=_place(asked.after), handler=handler, at_most=PAGE + 1)
    states = {RUNNING: list(lists.RUNNING), ALL: [state.value for state in State]}.get(asked.state, [asked.state])
    before = int(asked.after) if asked.after.isdecimal() and len(asked.after) < 16 else None
    who = standing.person if asked.mine else None
    return await lists.by_number(
        states, departments=of, requester=who, handler=handler, after_number=before, at_most=PAGE + 1
    )


def _place(word: str) -> Key | None:
    """Raises Invalid for what no page of ours has led to."""
    if not word:
        return None
    _, at_risk, due, promise = cursor.unseal(word, tuple[Literal["queue"], bool, datetime, int])
    return Key(at_risk=at_risk, due_at=due, promise=promise)


def _next(row: Mapping[str, Any], asked: Asked) -> str:
    if asked.state != TODO:
        return str(row["number"])
    return cursor.seal("queue", row["at_risk"], row["due_at"], row["promise"])


def _row(row: Mapping[str, Any], by: Teller) -> Row:
    due: datetime | None = None if row["promise_state"] == "paused" else row["due_at"]
    state = _clock(row, by)
    return Row(
        number=row["number"],
        title=row["title"],
        tier=row["tier"],
        critical=row["critical"],
        state=state,
        state_word=by.say(f"listed_{row['state']}") if due is None else by.say(f"queue_{state}"),
        from_=f"{row['requester']} · {by.either(row, 'from')}",
        service=by.either(row, "service"),
        due=by.times.moment(due) if due else "",
        due_iso=by.times.iso(due) if due else "",
        due_exact=by.times.exact(due) if due else "",
    )


def _clock(row: Mapping[str, Any], by: Teller) -> str:
    if row["due_at"] is not None and row["promise_state"] != "paused":
        return telling.of_row(row, by.times.now)
    return {"open": "running", "accepted": "kept", "resolved": "kept"}.get(row["state"], "paused")


def _typed(asked: Asked) -> dict[str, list[str]]:
    of = asked.department.code if asked.department else ALL
    return {"state": [asked.state], "department": [of], "handler": [asked.handler or "all"]}


def _address(asked: Asked, after: str) -> str:
    query = {name: values[0] for name, values in _typed(asked).items()}
    query |= ({"mine": "true"} if asked.mine else {}) | ({"after": after} if after else {})
    return f"/queue?{urlencode(query)}"
