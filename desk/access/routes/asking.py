"""Asking for access, from any marker."""

from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from litestar import Response, get, post
from litestar.params import QueryParameter

from desk import db, settings
from desk.access.actions import asking
from desk.access.routes.access_shapes import Done, NewAsk
from desk.directory import queries as directory
from desk.disclosure.rules import LONGEST, Facts
from desk.i18n import Refused, say
from desk.tickets.actions.once import claim, once
from desk.tickets.routes import telling
from desk.tickets.routes.api import Key
from desk.tickets.routes.telling import teller
from desk.web import cursor, forms
from desk.web.openapi import takes
from desk.web.page import now, page, see
from desk.web.viewer import STAFF, AnyRequest, Asks

Sealed = Annotated[str, QueryParameter(max_length=cursor.LONGEST)]


class Place(NamedTuple):
    """What telling.sealed makes: the facts of a marker under a name of their own."""

    of: Literal["access"]
    number: int
    tier: int
    owner: int
    day: date
    reason: str | None
    opens_on: date | None


@get("/access/ask", opt=STAFF, include_in_schema=False)
async def ask_page(request: AnyRequest, reader: Asks, of: Sealed = "") -> Response[str]:
    """`?of=` is the marker's own text for an address."""
    return await _shown(request, reader, of, forms.blank())


@post("/access/asks", opt=STAFF, include_in_schema=False, status_code=303)
async def ask(request: AnyRequest, reader: Asks) -> Response[str]:
    of = ""
    try:
        posted = await forms.read(request, NewAsk)
        of = posted.value.of
        number = await _ask(request, reader, posted.value, posted.key)
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await _shown(request, reader, of or form.value("of"), form, status=refusal.status)
    return see(request, f"/requests/{number}", said="access.done_asked")


@post(
    "/api/access/asks",
    opt=STAFF,
    tags=["access"],
    summary="Ask for access to what a marker tells of",
    operation_class=takes(NewAsk),
)
async def ask_by_program(request: AnyRequest, reader: Asks, key: Key = None) -> Done:
    new = await forms.read_json(request, NewAsk)
    return done(await _ask(request, reader, new, key, program=True))


def done(number: int) -> Done:
    return Done(number, f"{settings.current().base_url}/requests/{number}")


async def _ask(request: AnyRequest, reader: db.Reader, new: NewAsk, key: str | None, *, program: bool = False) -> int:
    """The same form sent twice asks once."""
    at, by = now(request), teller(request)
    asked = _facts(new.of)
    claimed = claim(request.url.path, key, new, program=program)
    async with db.acting_as(reader), once(claimed, at=at) as earlier:
        if earlier.answer is None:
            department = (await _names(by.language)).get(asked.owner, "")
            title = say(by.language, "access.title", department=department)
            wanted = asking.Wanted(asked=asked, title=title, why=new.why, until=new.until)
            earlier.answer = str(await asking.ask(wanted, at=at))
    return int(earlier.answer)


async def _shown(
    request: AnyRequest, reader: db.Reader, of: str, form: forms.Form, *, status: int = 200
) -> Response[str]:
    asked, by = _facts(of), teller(request)
    async with db.acting_as(reader, writing=False):
        await asking.check_stands(asked)
        names = await _names(by.language)
    line = telling.marker(asked.marker, names, by, number=asked.number)
    context: dict[str, Any] = {"line": line, "of": of, "form": form, "number": asked.number, "days": LONGEST}
    return page(request, "access/ask.html", status=status, department=names.get(asked.owner, ""), **context)


def _facts(of: str) -> Facts:
    """Raises Invalid for what this desk has not sealed."""
    return Facts(*cursor.unseal(of, Place, field="of")[1:])


async def _names(said: str) -> dict[int, str]:
    return {one.id: one.name(said) for one in await directory.departments(closed=True)}


routes: list[Any] = [ask_page, ask, ask_by_program]
