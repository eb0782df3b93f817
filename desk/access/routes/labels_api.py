"""Labels as JSON."""

from typing import Any

from litestar import get, post

from desk import db
from desk.access.routes import label_shapes as shapes
from desk.access.routes import moving
from desk.access.routes.labels import CAP
from desk.access.routes.moving import Act, Token, move
from desk.disclosure import queries as labels
from desk.disclosure.queries import by_name
from desk.disclosure.rules import Tier, changes
from desk.i18n import either
from desk.tickets.actions.once import claim
from desk.tickets.routes.api import Key
from desk.tickets.routes.show import Number, department_names
from desk.tickets.routes.telling import teller
from desk.web import forms
from desk.web.openapi import takes
from desk.web.page import now
from desk.web.viewer import AnyRequest, Asks

PLACE = "/api/requests/{number:int}/labels/{token:str}"
TAGS = ["confidentiality"]


@get(PLACE, tags=TAGS, summary="Who reads a portion, why, and until when")
async def label(request: AnyRequest, reader: Asks, number: Number, token: Token) -> shapes.LabelShown:
    return await _shown(request, reader, number, token)


@post(
    "/api/requests/{number:int}/labels/{token:str}/raising",
    tags=TAGS,
    summary="Shut it further",
    operation_class=takes(shapes.Raising),
)
async def shut_further(
    request: AnyRequest, reader: Asks, number: Number, token: Token, key: Key = None
) -> shapes.LabelShown:
    new = await forms.read_json(request, shapes.Raising)
    return await _do(request, reader, number, token, key, "raise", moving.raising(new), new)


@post(
    "/api/requests/{number:int}/labels/{token:str}/prolongation",
    tags=TAGS,
    summary="Prolong its term, for a new reason",
    operation_class=takes(shapes.Prolongation),
)
async def prolong(
    request: AnyRequest, reader: Asks, number: Number, token: Token, key: Key = None
) -> shapes.LabelShown:
    new = await forms.read_json(request, shapes.Prolongation)
    return await _do(request, reader, number, token, key, "prolong", moving.prolonging(new), new)


@post(
    "/api/requests/{number:int}/labels/{token:str}/opening",
    tags=TAGS,
    summary="Open it early, or lower its tier",
    operation_class=takes(shapes.Opening),
)
async def lower(request: AnyRequest, reader: Asks, number: Number, token: Token, key: Key = None) -> shapes.LabelShown:
    new = await forms.read_json(request, shapes.Opening)
    return await _do(request, reader, number, token, key, "lower", moving.opening(new), new)


@post(
    "/api/requests/{number:int}/labels/{token:str}/core",
    tags=TAGS,
    summary="Ask a second person to agree that it becomes core",
    operation_class=takes(shapes.Seconded),
)
async def ask_for_core(
    request: AnyRequest, reader: Asks, number: Number, token: Token, key: Key = None
) -> shapes.LabelShown:
    new = await forms.read_json(request, shapes.Seconded)
    return await _do(request, reader, number, token, key, "core", moving.asking("core", new), new)


@post(
    "/api/requests/{number:int}/labels/{token:str}/seal",
    tags=TAGS,
    summary="Ask a second person to agree to a seal",
    operation_class=takes(shapes.Seconded),
)
async def ask_for_seal(
    request: AnyRequest, reader: Asks, number: Number, token: Token, key: Key = None
) -> shapes.LabelShown:
    new = await forms.read_json(request, shapes.Seconded)
    return await _do(request, reader, number, token, key, "seal", moving.asking("seal", new), new)


@post(PLACE + "/unsealing", tags=TAGS, summary="End a seal before its day")
async def unseal(request: AnyRequest, reader: Asks, number: Number, token: Token, key: Key = None) -> shapes.LabelShown:
    return await _do(request, reader, number, token, key, "unseal", moving.unsealing, None)


async def _do(
    request: AnyRequest, reader: db.Reader, number: int, token: str, key: str | None, name: str, act: Act, sent: Any
) -> shapes.LabelShown:
    claimed = claim(request.url.path, key, sent, program=True)
    await move(reader, number, token, act, name=name, at=now(request), claimed=claimed)
    return await _shown(request, reader, number, token)


async def _shown(request: AnyRequest, reader: db.Reader, number: int, token: str) -> shapes.LabelShown:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        portion = await labels.portion(number, token, at=by.times.now)
        names, of, held = await department_names(by), portion.held.label, portion.held
        named = of.tier >= Tier.DEPARTMENT
        people = await by_name.of_item(portion.item, at=by.times.now, at_most=CAP + 1) if named else []
    listed = [
        shapes.ReaderShown(
            login=one.login, name=one.name, department=either(by.language, one.department_zh, one.department_en)
        )
        for one in people[:CAP]
    ]
    return shapes.LabelShown(
        number=portion.number, token=portion.token, tier=of.tier.value, owner=names.get(of.owner, ""), day=of.day,
        reason=of.reason and of.reason.value, sentence=of.sentence, opens_on=of.opens_on, opens_to=of.opens_to.value,
        raised_on=held.raised_on, prolonged=held.prolonged, sealed_until=held.sealed_until, sealed=held.sealed,
        may=sorted(changes.may(held, portion.writer)), readers=listed if named else None, more=len(people) > CAP,
    )  # fmt: skip


routes = [label, shut_further, prolong, lower, ask_for_core, ask_for_seal, unseal]
