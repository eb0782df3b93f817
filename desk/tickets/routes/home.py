"""What an employee sees first: who can help, what waits for my word, my requests, words given."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Struct

from desk import db
from desk.accounts.queries import Standing
from desk.catalog import queries as catalog
from desk.tickets.queries import lists
from desk.tickets.routes import telling
from desk.tickets.routes.desk import signing
from desk.tickets.routes.finds import find, own_words
from desk.tickets.routes.telling import Teller, teller
from desk.web.page import page, wants_fragment
from desk.web.viewer import AnyRequest, Asks

USUAL = 4


class Waiting(Struct, frozen=True):
    number: int
    title: str
    say: str
    kind: str


class Mine(Struct, frozen=True, kw_only=True):
    number: int
    title: str
    handler: str
    place: str
    state: str = ""
    word: str = ""
    left: str = ""
    share: int = 0


class Given(Struct, frozen=True):
    number: int
    at: datetime
    text: str
    paused: bool


@get("/", include_in_schema=False)
async def home(
    request: AnyRequest,
    reader: Asks,
    standing: NamedDependency[Standing],
    q: Annotated[str, QueryParameter(max_length=200)] = "",
) -> Response[str]:
    by = teller(request)
    typing = "q" in request.query_params and wants_fragment(request)
    async with db.acting_as(reader, writing=False):
        services = await catalog.services(at_most=USUAL + 1)
        finds = await catalog.suggestions(q)
        context: dict[str, Any] = {} if typing else await _context(standing, by)
    found = [find(one, by, q) for one in finds[:6]]
    usual = [find(one, by) for one in services if not one.catch_all][:USUAL]
    empty: dict[str, Any] = {"waiting": [], "mine": [], "mine_count": 0, "all_url": "", "to_me": [], "by_me": []}
    empty |= {"to_sign": [], "sign_lately": ""}
    context = empty | context | {"q": q, "finds": found, "usual": usual, "own_words": own_words(q)}
    return page(request, "tickets/home.html", fragment="finds" if typing else "live", **context)


async def _context(standing: Standing, by: Teller) -> dict[str, Any]:
    rows = await lists.mine(standing.person)
    waiting = [_waiting(row, by) for row in rows if row["state"] in ("resolved", "waiting")]
    mine = [_mine(row, by) for row in rows]
    return {
        **await signing(standing.person, by),
        "waiting": waiting,
        "mine": mine,
        "mine_count": len(mine),
        "all_url": "" if standing.guest else "/queue?mine=true&state=all",
        "to_me": [_given(row, by) for row in await lists.to_me(standing.person, at_most=6)],
        "by_me": [_given(row, by) for row in await lists.by_me(standing.person, at_most=6)],
    }


def _waiting(row: Mapping[str, Any], by: Teller) -> Waiting:
    if row["state"] == "resolved":
        lapses = by.times.date(row["lapses_at"]) if row["lapses_at"] else ""
        return Waiting(row["number"], row["title"], by.say("waiting_acceptance", day=lapses), "acceptance")
    return Waiting(row["number"], row["title"], by.say("waiting_question"), "question")


def _mine(row: Mapping[str, Any], by: Teller) -> Mine:
    place = by.either(row, "department")
    shown = {"number": row["number"], "title": row["title"], "handler": row["handler_name"] or "", "place": place}
    if row["kind"] is None:
        return Mine(**shown, state="kept", word=by.say(f"state_{row['state']}"), share=100)
    now, due = by.times.now, row["due_at"]
    state = telling.of_row(row, now)
    return Mine(
        **shown,
        state=state,
        word=by.due_by(row["kind"], due, row["what"]),
        left=by.say("left_paused_you") if state == "paused" else telling.remaining(due, row["breaks_at"], by.times),
        share=telling.share(row["started_at"], due, now),
    )


def _given(row: Mapping[str, Any], by: Teller) -> Given:
    text = by.say("given_line", title=row["title"], word=row["what"] or by.say(f"kind_{row['kind']}"))
    return Given(row["number"], row["due_at"], text, row["promise_state"] == "paused")
