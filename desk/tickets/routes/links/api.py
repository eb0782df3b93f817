"""Links, children, merging and splitting as JSON under /api."""

from typing import Any

from litestar import get, post

from desk import db
from desk.tickets.actions.once import claim
from desk.tickets.queries import cases, relations
from desk.tickets.routes.api import Key, Shown
from desk.tickets.routes.detail import afterwards
from desk.tickets.routes.links import asked
from desk.tickets.routes.links.acts import done
from desk.tickets.routes.links.asked import Act
from desk.tickets.routes.links.told import LinksShown, as_json
from desk.tickets.routes.show import Number
from desk.tickets.routes.telling import teller
from desk.web import forms
from desk.web.openapi import takes
from desk.web.page import now
from desk.web.viewer import AnyRequest, Asks


@get("/api/requests/{number:int}/links", tags=["requests"], summary="Links of a request to others that I may read")
async def links(request: AnyRequest, reader: Asks, number: Number) -> LinksShown:
    return await _links(request, reader, number)


@post(
    "/api/requests/{number:int}/links",
    tags=["requests"],
    summary="Link it to another one",
    operation_class=takes(asked.NewLink),
)
async def link(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> LinksShown:
    new = await forms.read_json(request, asked.NewLink)
    await _do(request, reader, number, key, asked.link(new), sent=new)
    return await _links(request, reader, number)


@post(
    "/api/requests/{number:int}/links/removal",
    tags=["requests"],
    summary="End a link",
    operation_class=takes(asked.NewLink),
)
async def unlink(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> LinksShown:
    new = await forms.read_json(request, asked.NewLink)
    await _do(request, reader, number, key, asked.unlink(new), sent=new)
    return await _links(request, reader, number)


@post(
    "/api/requests/{number:int}/merge",
    tags=["requests"],
    summary="Merge it into another one",
    operation_class=takes(asked.Into),
)
async def merge(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, asked.Into)
    return await _do(request, reader, number, key, asked.merge(new), sent=new)


@post(
    "/api/requests/{number:int}/children",
    tags=["requests"],
    summary="Ask another department for a part of it, as a request of its own",
    operation_class=takes(asked.Child),
)
async def child(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, asked.Child)
    return await _do(request, reader, number, key, asked.child(new), sent=new)


@post(
    "/api/requests/{number:int}/split",
    tags=["requests"],
    summary="Split words of it off into a request of their own",
    operation_class=takes(asked.Split),
)
async def split(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, asked.Split)
    return await _do(request, reader, number, key, asked.split(new), sent=new)


@post(
    "/api/requests/{number:int}/follow-up",
    tags=["requests"],
    summary="Ask again when it is too late to reopen",
    operation_class=takes(asked.FollowUp),
)
async def follow(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, asked.FollowUp)
    return await _do(request, reader, number, key, asked.follow(new), sent=new)


async def _do(request: AnyRequest, reader: db.Reader, number: int, key: str | None, act: Act, *, sent: Any) -> Shown:
    claimed = claim(request.url.path, key, sent, program=True)
    place = await done(request, reader, number, claimed, act)
    async with db.acting_as(reader):  # that it was read is written down
        return await afterwards(place, teller(request))


async def _links(request: AnyRequest, reader: db.Reader, number: int) -> LinksShown:
    async with db.acting_as(reader, writing=False):
        case = await cases.case(number, at=now(request))
        return as_json(await relations.linked(case.id), await relations.broken(case.id), teller(request))


routes = [links, link, unlink, merge, child, split, follow]
