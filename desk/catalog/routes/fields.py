"""The questions of a service's form, one page for each."""

from litestar import Response, get, post
from litestar.params import FromPath

from desk import db
from desk.catalog import actions, queries
from desk.catalog.actions.record import check_administers
from desk.catalog.rules import typed
from desk.catalog.rules.service import Kind, NoService, Service
from desk.catalog.rules.typed import TypedField
from desk.db import Reader
from desk.i18n import Refused, say
from desk.web import forms
from desk.web.page import page, see
from desk.web.viewer import AnyRequest, Asks, language


@get("/admin/services/{code:str}/fields/new", include_in_schema=False)
async def new_field(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    return await _edit(request, reader, code, None, None)


@post("/admin/services/{code:str}/fields", include_in_schema=False, status_code=303)
async def add_field(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    return await _save(request, reader, code, None)


@get("/admin/services/{code:str}/fields/{name:str}", include_in_schema=False)
async def edit_field(request: AnyRequest, reader: Asks, code: FromPath[str], name: FromPath[str]) -> Response[str]:
    return await _edit(request, reader, code, name, None)


@post("/admin/services/{code:str}/fields/{name:str}", include_in_schema=False, status_code=303)
async def change_field(request: AnyRequest, reader: Asks, code: FromPath[str], name: FromPath[str]) -> Response[str]:
    return await _save(request, reader, code, name)


@post("/admin/services/{code:str}/fields/{name:str}/removal", include_in_schema=False, status_code=303)
async def remove_field(request: AnyRequest, reader: Asks, code: FromPath[str], name: FromPath[str]) -> Response[str]:
    async with db.acting_as(reader):
        found = await queries.service(code, retired=True)
        await actions.set_fields(code, [one for one in found.fields if one.name != name], seen=found.fields)
    return see(request, f"/admin/services/{code}#s3", said="catalog.field_removed")


async def _save(request: AnyRequest, reader: Reader, code: str, name: str | None) -> Response[str]:
    try:
        wanted = (await forms.read(request, TypedField)).value
        async with db.acting_as(reader):
            found = await queries.service(code, retired=True)
            form = typed.placed(found.fields, typed.field(wanted), wanted.place, instead_of=name)
            await actions.set_fields(code, form, seen=found.fields)
    except Refused as refusal:
        if isinstance(refusal, NoService):
            raise
        return await _edit(request, reader, code, name, await forms.again(request, refusal), status=refusal.status)
    return see(request, f"/admin/services/{code}#s3", said="catalog.saved")


async def _edit(
    request: AnyRequest,
    reader: Reader,
    code: str,
    name: str | None,
    form: forms.Form | None,
    *,
    status: int = 200,
) -> Response[str]:
    """`name` is None for a question that is yet to be."""
    said = language(request)
    async with db.acting_as(reader, writing=False):
        await check_administers()
        service = await queries.service(code, retired=True)
    return page(
        request,
        "catalog/field.html",
        status=status,
        code=code,
        service_name=service.name(said),
        name=name,
        form=form or _typed(service, name),
        kinds=[(kind.value, say(said, f"catalog.kind_{kind}")) for kind in Kind],
    )


def _typed(service: Service, name: str | None) -> forms.Form:
    if name is None:
        return forms.blank(kind=Kind.TEXT.value, required="on", place=str(len(service.fields) + 1))
    for place, one in enumerate(service.fields, 1):
        if one.name == name:
            return forms.blank(**typed.field_typed(one, place))
    raise Refused("catalog.no_such_field", name=name[:60])


routes = [new_field, add_field, edit_field, change_field, remove_field]
