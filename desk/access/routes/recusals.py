"""Who is recused from a request, and who says so."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import PathParameter

from desk import db
from desk.access.routes import label_shapes as shapes
from desk.directory import queries as directory
from desk.directory.routes.listed import listed
from desk.disclosure.actions import recusals as actions
from desk.disclosure.queries import recusals as queries
from desk.disclosure.queries.recusals import Recused, Standing
from desk.i18n import Forbidden, NotFound, Refused
from desk.tickets.queries import cases
from desk.tickets.routes.show import Number
from desk.tickets.routes.telling import teller
from desk.web import forms
from desk.web.openapi import takes
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks

PLACE = "/requests/{number:int}/recusals"
Login = Annotated[str, PathParameter(max_length=64)]


@get(PLACE, include_in_schema=False)
async def recusals(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    return await _page(request, reader, number)


@post(PLACE, include_in_schema=False, status_code=303)
async def recuse(request: AnyRequest, reader: Asks, number: Number) -> Response[str]:
    try:
        posted = await forms.read(request, shapes.Recusing)
        await _recuse(request, reader, number, posted.value)
    except NotFound:
        raise
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await _page(request, reader, number, status=refusal.status, form=form)
    return see(request, f"/requests/{number}", said="access.done_recusal")


@post(PLACE + "/{login:str}/end", include_in_schema=False, status_code=303)
async def end(request: AnyRequest, reader: Asks, number: Number, login: Login) -> Response[str]:
    try:
        await forms.read(request, forms.Nothing)
        await _end(request, reader, number, login)
    except NotFound:
        raise
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await _page(request, reader, number, status=refusal.status, form=form)
    return see(request, f"/requests/{number}/recusals", said="access.done_recusal_end")


@get("/api/requests/{number:int}/recusals", tags=["confidentiality"], summary="Who is recused, and why")
async def recusals_by_program(request: AnyRequest, reader: Asks, number: Number) -> list[shapes.RecusalShown]:
    async with db.acting_as(reader, writing=False):
        of = await queries.standing(number)
        return [_shown(one) for one in await queries.of(of.ticket, at=now(request))]


@post(
    "/api/requests/{number:int}/recusals",
    tags=["confidentiality"],
    summary="Recuse oneself or, as its head or an auditor, somebody else",
    operation_class=takes(shapes.Recusing),
    status_code=204,
)
async def recuse_by_program(request: AnyRequest, reader: Asks, number: Number) -> None:
    new = await forms.read_json(request, shapes.Recusing)
    await _recuse(request, reader, number, new)


@post(
    "/api/requests/{number:int}/recusals/{login:str}/end",
    tags=["confidentiality"],
    summary="End a recusal",
    status_code=204,
)
async def end_by_program(request: AnyRequest, reader: Asks, number: Number, login: Login) -> None:
    await _end(request, reader, number, login)


async def _recuse(request: AnyRequest, reader: db.Reader, number: int, new: shapes.Recusing) -> None:
    at = now(request)
    try:
        async with db.acting_as(reader):
            await cases.held(number, at=at)
            of = await queries.standing(number)
            await actions.recuse(of, await _who(of, new.person, reader, at), new.why, at=at, until=new.until)
    except (NotFound, db.Lost):
        raise
    except Refused as refusal:
        await _journal(request, reader, number, refusal)
        raise


async def _end(request: AnyRequest, reader: db.Reader, number: int, login: str) -> None:
    at = now(request)
    try:
        async with db.acting_as(reader):
            await cases.held(number, at=at)
            of = await queries.standing(number)
            if not await actions.decides(of, at):
                raise Forbidden("disclosure.only_heads_end_recusal")
            await actions.end(of, (await listed(directory.person_called, login, "person")).id, at=at)
    except (NotFound, db.Lost):
        raise
    except Refused as refusal:
        await _journal(request, reader, number, refusal)
        raise


async def _who(of: Standing, login: str, reader: db.Reader, at: datetime) -> int:
    """Oneself, or whom they name who decide; to anybody else not even a login is told of."""
    if not login:
        return reader.person or 0
    if not await actions.decides(of, at):
        raise Forbidden("disclosure.only_heads_recuse")
    return (await listed(directory.person_called, login, "person")).id


async def _journal(request: AnyRequest, reader: db.Reader, number: int, refusal: Refused) -> None:
    async with db.acting_as(reader):
        await actions.refuse(await queries.standing(number), refusal.sentence.key, at=now(request))


async def _page(
    request: AnyRequest, reader: db.Reader, number: int, *, status: int = 200, form: forms.Form | None = None
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        of = await queries.standing(number)
        recused = await queries.of(of.ticket, at=by.times.now)
        decides = await actions.decides(of, by.times.now)
    context: dict[str, Any] = {"of": of, "recused": recused, "decides": decides, "form": form or forms.blank()}
    context["self_recused"] = reader.person in {one.person for one in recused}
    return page(request, "access/recusals.html", status=status, me_id=reader.person, **context)


def _shown(one: Recused) -> shapes.RecusalShown:
    return shapes.RecusalShown(
        login=one.login, name=one.name, since=one.since, until=one.until, by=one.by, why=one.why
    )  # fmt: skip


routes = [recusals, recuse, end, recusals_by_program, recuse_by_program, end_by_program]
