"""One's own access: what was granted to me, and glass that an auditor breaks together with a second person."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency

from desk import db
from desk.access.routes import access_shapes as shapes
from desk.access.routes.access_shapes import AccessShown, GlassShown, Token
from desk.access.routes.grants import ended, told
from desk.access.routes.tries import noted
from desk.accounts.queries import Standing
from desk.disclosure.actions import grants as actions
from desk.disclosure.queries import grants as queries
from desk.disclosure.queries.grants import Glass
from desk.disclosure.rules import GLASS_MINUTES
from desk.i18n import Invalid, Refused, Sentence
from desk.web import forms
from desk.web.openapi import takes
from desk.web.page import now, page, see
from desk.web.viewer import STAFF, AnyRequest, Asks

Stands = NamedDependency[Standing]


@get("/access", opt=STAFF, include_in_schema=False)
async def access(request: AnyRequest, reader: Asks, standing: Stands) -> Response[str]:
    return await _shown(request, reader, standing, forms.blank(minutes=str(GLASS_MINUTES)))


@post("/access/glass", opt=STAFF, include_in_schema=False, status_code=303)
async def ask(request: AnyRequest, reader: Asks, standing: Stands) -> Response[str]:
    try:
        await _ask(request, reader, standing, (await forms.read(request, shapes.NewGlass)).value)
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await _shown(request, reader, standing, form, status=refusal.status)
    return see(request, "/access", said="access.done_glass_asked")


@post("/access/glass/{token:str}/agreement", opt=STAFF, include_in_schema=False, status_code=303)
async def agree(request: AnyRequest, reader: Asks, token: Token) -> Response[str]:
    await _agree(request, reader, token)
    return see(request, "/access", said="access.done_glass_agreed")


@get("/api/access", opt=STAFF, tags=["access"], summary="What was granted to me, and glass that I break or agree to")
async def access_by_program(reader: Asks) -> AccessShown:
    async with db.acting_as(reader, writing=False):
        own, glass = await queries.own(), await queries.glass()
    return AccessShown([told(one, 0) for one in own], [_glass(one) for one in glass])


@post(
    "/api/access/glass", opt=STAFF, tags=["access"], summary="As an auditor, ask to break glass", status_code=204,
    operation_class=takes(shapes.NewGlass),
)  # fmt: skip
async def ask_by_program(request: AnyRequest, reader: Asks, standing: Stands) -> None:
    await _ask(request, reader, standing, await forms.read_json(request, shapes.NewGlass))


@post(
    "/api/access/glass/{token:str}/agreement", opt=STAFF, tags=["access"], summary="As a second person, agree",
    status_code=204,
)  # fmt: skip
async def agree_by_program(request: AnyRequest, reader: Asks, token: Token) -> None:
    await _agree(request, reader, token)


async def _ask(request: AnyRequest, reader: db.Reader, standing: Standing, new: shapes.NewGlass) -> None:
    at = now(request)
    async with noted(reader, at):
        if new.number is None:
            raise Invalid({"number": Sentence("web.required")})
        await actions.ask_glass(new.number, new.reason, new.minutes, roles=standing.roles, at=at)


async def _agree(request: AnyRequest, reader: db.Reader, token: str) -> None:
    at = now(request)
    async with noted(reader, at):
        await actions.agree_glass(token, at=at)


def _glass(one: Glass) -> GlassShown:
    return GlassShown(
        id=one.token, person=one.name, number=one.number, reason=one.why, minutes=one.minutes, asked_at=one.asked_at,
        second=one.second, agreed_at=one.agreed_at, mine=one.mine,
    )  # fmt: skip


async def _shown(
    request: AnyRequest, reader: db.Reader, standing: Standing, form: forms.Form, *, status: int = 200
) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        context: dict[str, Any] = {"own": ended(await queries.own(), request), "glass": await queries.glass()}
    auditor = "auditor" in standing.roles
    return page(request, "access/own.html", status=status, form=form, auditor=auditor, most=GLASS_MINUTES, **context)


routes: list[Any] = [access, ask, agree, access_by_program, ask_by_program, agree_by_program]
