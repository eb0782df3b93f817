"""What an administrator does to somebody's access: roles, a link, and leaving."""

from typing import Annotated

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta, Struct

from desk import db, settings
from desk.accounts import actions, rules
from desk.accounts.queries import Standing
from desk.accounts.routes.login import signed_in, start_here
from desk.directory import queries as directory
from desk.directory.routes.person import person_page
from desk.i18n import Refused
from desk.web import forms
from desk.web.page import page, see
from desk.web.viewer import STAFF, AnyRequest, Asks


class Roles(Struct, frozen=True):
    roles: list[Annotated[str, Meta(pattern="^(administrator|auditor|hr)$")]] = []


class NewLink(Struct, frozen=True):
    kind: Annotated[str, Meta(pattern=f"^({rules.INVITATION}|{rules.RESET})$")]


@post("/people/{login:str}/roles", opt=STAFF, include_in_schema=False, status_code=303)
async def set_roles(
    request: AnyRequest,
    reader: Asks,
    standing: NamedDependency[Standing],
    login: FromPath[str],
) -> Response[str]:
    try:
        posted = (await forms.read(request, Roles)).value
        async with db.acting_as(reader):
            person = await directory.person_called(login)
            changed = await actions.set_roles(person.id, posted.roles)
            own = changed and person.id == standing.person
            secret = await start_here(request, person.id) if own else None
    except Refused as refusal:
        return await person_page(request, reader, login, refusal, roles=await forms.again(request, refusal))
    answer = see(request, f"/people/{person.login}", said="directory.saved")
    return signed_in(answer, secret) if secret else answer


@post("/people/{login:str}/links", opt=STAFF, include_in_schema=False, status_code=200)
async def make_link(request: AnyRequest, reader: Asks, login: FromPath[str]) -> Response[str]:
    """The answer shows the link, once; so it is no redirect."""
    posted = (await forms.read(request, NewLink)).value
    async with db.acting_as(reader):
        person = await directory.person_called(login)
        secret = await actions.make_link(person.id, posted.kind)
    address = f"{settings.current().base_url}/links/{secret}"
    return page(request, "accounts/link_made.html", person=person, kind=posted.kind, address=address)


@post("/people/{login:str}/departure", opt=STAFF, include_in_schema=False, status_code=303)
async def leave(request: AnyRequest, reader: Asks, login: FromPath[str]) -> Response[str]:
    await forms.read(request, forms.Nothing)
    async with db.acting_as(reader):
        person = await directory.person_called(login)
        headless = await actions.leave(person.id)
    said = "accounts.head_has_left_now" if headless else "accounts.has_left_now"
    return see(request, f"/people/{person.login}", said=said)
