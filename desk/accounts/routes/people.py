"""What an administrator does to somebody's access: a link, and leaving."""

from typing import Annotated

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta, Struct

from desk import db, settings
from desk.accounts import actions, rules
from desk.directory import queries as directory
from desk.web import forms
from desk.web.page import page, see
from desk.web.viewer import AnyRequest


class NewLink(Struct, frozen=True):
    kind: Annotated[str, Meta(pattern=f"^({rules.INVITATION}|{rules.RESET})$")]


class Nothing(Struct, frozen=True):
    """A form with a button and no field."""


@post("/people/{login:str}/links", include_in_schema=False, status_code=200)
async def make_link(request: AnyRequest, reader: NamedDependency[db.Reader], login: FromPath[str]) -> Response[str]:
    """The answer shows the link, once; so it is no redirect."""
    posted = (await forms.read(request, NewLink)).value
    async with db.acting_as(reader):
        person = await directory.person_called(login)
        secret = await actions.make_link(person.id, posted.kind)
    address = f"{settings.current().base_url}/links/{secret}"
    return page(request, "accounts/link_made.html", person=person, kind=posted.kind, address=address)


@post("/people/{login:str}/departure", include_in_schema=False, status_code=303)
async def leave(request: AnyRequest, reader: NamedDependency[db.Reader], login: FromPath[str]) -> Response[str]:
    await forms.read(request, Nothing)
    async with db.acting_as(reader):
        person = await directory.person_called(login)
        await actions.leave(person.id)
    return see(request, f"/people/{person.login}", said="accounts.has_left_now")
