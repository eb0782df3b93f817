"""Live grants: of a request for those who own what it holds, and one's own."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from desk import db
from desk.access.actions import granting
from desk.access.queries import portions
from desk.access.routes import access_shapes as shapes
from desk.access.routes.access_shapes import Done, GrantShown, GrantsShown, Token
from desk.access.routes.asking import done
from desk.access.routes.tries import noted
from desk.accounts.queries import Standing
from desk.directory import queries as directory
from desk.directory.routes.listed import listed
from desk.disclosure.actions import grants as actions
from desk.disclosure.queries import grants as queries
from desk.disclosure.queries.grants import Live
from desk.disclosure.rules import LONGEST
from desk.i18n import NotFound, Refused
from desk.tickets.actions.once import Claim, claim, once
from desk.tickets.queries import cases
from desk.tickets.routes.api import Key
from desk.tickets.routes.show import Number
from desk.tickets.routes.telling import teller
from desk.web import forms
from desk.web.openapi import takes
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks

Stands = NamedDependency[Standing]


@get("/requests/{number:int}/grants", include_in_schema=False)
async def grants_page(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _shown(request, reader, number, forms.blank())


@post("/requests/{number:int}/grants", include_in_schema=False, status_code=303)
async def give(request: AnyRequest, reader: Asks, standing: Stands, number: Number) -> Response[str]:
    try:
        posted = await forms.read(request, shapes.DirectGrant)
        claimed = claim(request.url.path, posted.key, posted.value)
        await _give(request, reader, standing, number, posted.value, claimed)
    except NotFound:
        raise
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await _shown(request, reader, number, form, status=refusal.status)
    return see(request, f"/requests/{number}/grants", said="access.done_grant")


@post("/access/grants/{token:str}/end", include_in_schema=False, status_code=303)
async def end(request: AnyRequest, reader: Asks, token: Token) -> Response[str]:
    await _end(request, reader, token)
    return see(request, "/access", said="access.done_ended")


@get("/api/requests/{number:int}/grants", tags=["access"], summary="Live grants of a request")
async def grants_of(request: AnyRequest, reader: Asks, number: Number) -> GrantsShown:
    async with db.acting_as(reader, writing=False):
        await cases.case(number, at=now(request))
        live, shut = await queries.live(number), await portions.shut(number)
    return GrantsShown([told(one, number) for one in live], [_portion(one) for one in shut])


@post(
    "/api/requests/{number:int}/grants", tags=["access"], summary="Let somebody in until a day",
    operation_class=takes(shapes.DirectGrant),
)  # fmt: skip
async def give_by_program(
    request: AnyRequest, reader: Asks, standing: Stands, number: Number, key: Key = None
) -> Done:  # fmt: skip
    new = await forms.read_json(request, shapes.DirectGrant)
    await _give(request, reader, standing, number, new, claim(request.url.path, key, new, program=True))
    return done(number)


@post("/api/grants/{token:str}/end", tags=["access"], summary="End a grant before its day", status_code=204)
async def end_by_program(request: AnyRequest, reader: Asks, token: Token) -> None:
    await _end(request, reader, token)


def told(one: Live, number: int) -> GrantShown:
    return GrantShown(
        id=one.token, number=one.number or number, person=one.name, until=one.until, by=one.by, reason=one.why,
        glass=one.glass, portions=one.portions,
    )  # fmt: skip


def ended(live: list[Live], request: AnyRequest) -> list[tuple[Live, str]]:
    """Each with its end in words: midnight is 24:00 of the day before."""
    by = teller(request)
    return [(one, by.when(one.until)) for one in live]


def _portion(one: portions.Portion) -> shapes.PortionShown:
    return shapes.PortionShown(ref=one.ref, tier=one.tier, author=one.author, at=one.at, words=one.words)


async def _give(
    request: AnyRequest,
    reader: db.Reader,
    standing: Standing,
    number: int,
    new: shapes.DirectGrant,
    claimed: Claim | None,
) -> None:
    at = now(request)
    async with noted(reader, at), once(claimed, at=at) as earlier:
        if earlier.answer is None:
            case = await cases.held(number, at=at)
            to = await listed(directory.person_called, new.person, "person")
            given = granting.Direct(to=to.id, refs=new.refs, until=new.until, why=new.reason)
            await granting.give(case, given, roles=standing.roles, at=at)
            earlier.answer = str(number)


async def _end(request: AnyRequest, reader: db.Reader, token: str) -> None:
    async with db.acting_as(reader):
        await actions.end_grant(token, at=now(request))


async def _shown(
    request: AnyRequest, reader: db.Reader, number: int, form: forms.Form, *, status: int = 200
) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        await cases.case(number, at=now(request))
        context: dict[str, Any] = {
            "live": ended(await queries.live(number), request),
            "portions": await portions.shut(number),
        }
    return page(request, "access/grants.html", status=status, number=number, form=form, days=LONGEST, **context)


routes: list[Any] = [grants_page, give, end, grants_of, give_by_program, end_by_program]
