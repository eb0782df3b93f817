"""The unread count, the list of notices, and the stream that says "something you can read changed"."""

from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Annotated, Literal, NamedTuple

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Stream
from msgspec import Meta, Struct

from desk import clock, db, queue
from desk.accounts import queries as accounts
from desk.accounts.queries import Standing
from desk.i18n import NotFound, either, say
from desk.journal.queries import is_readable, newer
from desk.notices import actions, queries, rules
from desk.notices.queries import CAP, Told
from desk.tickets.queries import cases
from desk.web import cursor, forms, live
from desk.web.live import Event
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks, language

PAGE = 50
After = Annotated[str, QueryParameter(max_length=cursor.LONGEST)]
Seen = Annotated[int | None, QueryParameter(name="request", ge=1, le=2**53)]


class Place(NamedTuple):
    of: Literal["notices"]
    at: datetime
    last: int


class Mark(NamedTuple):
    """The newest entry that a request's page was made of."""

    of: Literal["request"]
    entry: int


class Reading(Struct, frozen=True):
    request: Annotated[int, Meta(ge=1, le=2**53)] | None = None


class Line(Struct, frozen=True, kw_only=True):
    """`number` 0: the request may not be read."""

    number: int
    title: str
    text: str
    told: Told
    href: str
    icon: str = "tier-3"


@get("/notices/unread", include_in_schema=False)
async def unread(request: AnyRequest, reader: Asks) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        count = await queries.unread()
    return page(request, "notices/unread.html", fragment="unread", count=f"{CAP - 1}+" if count >= CAP else str(count))


@get("/notices", include_in_schema=False)
async def notices(
    request: AnyRequest, reader: Asks, after: Annotated[str, QueryParameter(max_length=cursor.LONGEST)] = ""
) -> Response[str]:
    place = cursor.unseal(after, Place) if after else None
    async with db.acting_as(reader, writing=False):
        told = await queries.told(after=(place.at, place.last) if place else None, at_most=PAGE + 1)
    lines = [_line(one, language(request)) for one in told[:PAGE]]
    last = told[PAGE - 1] if len(told) > PAGE else None
    following = f"/notices?after={cursor.seal('notices', last.at, last.id)}" if last else ""
    return page(request, "notices/list.html", fragment="list", lines=lines, next=following)


@post("/notices/reading", include_in_schema=False, status_code=303)
async def read(request: AnyRequest, reader: Asks) -> Response[str]:
    """All of them; or those of one request, which the script says when the page of it is in sight: 204 when there were
    none.
    """
    posted = (await forms.read(request, Reading)).value
    async with db.acting_as(reader):
        if posted.request is not None:
            return Response("", status_code=200 if await _read_of(posted.request, now(request)) else 204)
        await actions.read_all(at=now(request))
    return see(request, "/notices")


@get("/live", include_in_schema=False)
async def stream(
    request: AnyRequest, reader: Asks, standing: NamedDependency[Standing], seen: Seen = None, after: After = ""
) -> Stream:
    """`?request=` is the number of the page that is open, `after=` its mark: what came between the page and the stream
    is told at once. Only "request N changed" leaves here, never words.

    A token opens no stream: it speaks in the API only.
    """
    mark = cursor.unseal(after, Mark).entry if after else None
    ticket = await _open(reader, seen, now(request)) if seen else None
    return live.stream(request.app, _events(reader, ticket, seen, mark), goes_on=partial(_holds, standing.access))


async def _holds(session: int) -> bool | None:
    with suppress(db.Unavailable):
        async with db.acting_as(db.NOBODY, writing=False):
            return await accounts.session_holds(session, clock.now())
    return None


async def _open(reader: db.Reader, number: int, at: datetime) -> int | None:
    """The ticket behind the open page, if it may be read."""
    async with db.acting_as(reader, writing=False):
        return await _readable(number, at)


async def _read_of(number: int, at: datetime) -> bool:
    ticket = await _readable(number, at)
    return ticket is not None and await actions.read_of(ticket, at=at)


async def _readable(number: int, at: datetime) -> int | None:
    try:
        return (await cases.case(number, at=at)).id
    except NotFound:
        return None


async def _events(
    reader: db.Reader, ticket: int | None, number: int | None, mark: int | None
) -> AsyncGenerator[Event, None]:
    own = queue.person_bell(reader.person or 0)
    channels = [own, *([queue.ticket_bell(ticket)] if ticket else [])]
    async for channel, entry in queue.listen(*channels):
        if channel == own:
            yield Event("changed", {})
        elif await (_may_read(reader, int(entry)) if channel else _is_behind(reader, ticket, mark)):
            yield Event("changed", {"request": number})


async def _is_behind(reader: db.Reader, ticket: int | None, mark: int | None) -> bool:
    if ticket is None or mark is None:
        return False
    async with db.acting_as(reader, writing=False):
        return await newer(ticket, mark)


async def _may_read(reader: db.Reader, entry: int) -> bool:
    """Asked anew each time: rights may have changed while the page was open."""
    async with db.acting_as(reader, writing=False):
        return await is_readable(entry)


def _line(told: Told, said: str) -> Line:
    if not told.number:
        department = either(said, told.department_zh or "", told.department_en or "")
        at = rules.place(told.tag)
        href = f"/countersigns/{told.countersign}" if told.countersign else at.href
        title = say(said, f"notices.{at.title}", department=department)
        return Line(number=0, title=title, text=_text(told, said), told=told, href=href, icon=at.icon)
    href = f"/requests/{told.number}"
    return Line(number=told.number, title=told.title, text=_text(told, said), told=told, href=href)


def _text(told: Told, said: str) -> str:
    return say(said, f"notices.{told.tag.value}", by=told.by or say(said, "notices.the_desk"))


routes = [unread, notices, read, stream]
