"""Services, as administrators keep them. Every form works without a script."""

from litestar import Response, get, post
from litestar.params import FromPath

from desk import db
from desk.catalog import actions, queries
from desk.catalog.actions.record import check_administers
from desk.catalog.rules import typed
from desk.catalog.rules.approvers import HEAD_OF, Step
from desk.catalog.rules.draft import ICONS
from desk.catalog.rules.offers import offer, question
from desk.catalog.rules.service import Service
from desk.catalog.rules.typed import TypedService
from desk.db import Reader
from desk.directory import queries as directory
from desk.directory.queries import Department
from desk.disclosure.rules import Reason
from desk.i18n import Refused, say
from desk.web import forms
from desk.web.page import page, see
from desk.web.viewer import AnyRequest, Asks, language


@get("/admin/services", include_in_schema=False)
async def services(request: AnyRequest, reader: Asks) -> Response[str]:
    said = language(request)
    async with db.acting_as(reader, writing=False):
        await check_administers()
        found = await queries.services(retired=True)
        silent = await queries.silent()
    found.sort(key=lambda one: one.retired)
    lines = [
        (offer(one, said), len(one.fields), one.catch_all, one.department_code in silent and not one.retired)
        for one in found
    ]
    return page(request, "catalog/services.html", services=lines)


@get("/admin/services/new", include_in_schema=False)
async def new_service(request: AnyRequest, reader: Asks) -> Response[str]:
    form = forms.blank(tier="1", reply="same_day", resolution="days", resolution_amount="2", icon="circle-help")
    return await _edit(request, reader, None, form)


@post("/admin/services", include_in_schema=False, status_code=303)
async def add_service(request: AnyRequest, reader: Asks) -> Response[str]:
    try:
        wanted = (await forms.read(request, TypedService)).value
        async with db.acting_as(reader):
            made = await actions.add_service(wanted.code.strip(), typed.draft(wanted))
    except Refused as refusal:
        return await _edit(request, reader, None, await forms.again(request, refusal), status=refusal.status)
    return see(request, f"/admin/services/{made.code}", said="catalog.added")


@get("/admin/services/{code:str}", include_in_schema=False)
async def edit_service(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    return await _edit(request, reader, code, None)


@post("/admin/services/{code:str}", include_in_schema=False, status_code=303)
async def change_service(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    try:
        wanted = (await forms.read(request, TypedService)).value
        async with db.acting_as(reader):
            await actions.change_service(code, typed.draft(wanted), seen=wanted.seen or None)
    except Refused as refusal:
        return await _edit(request, reader, code, await forms.again(request, refusal), status=refusal.status)
    return see(request, f"/admin/services/{code}", said="catalog.saved")


@post("/admin/services/{code:str}/retirement", include_in_schema=False, status_code=303)
async def retire_service(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    async with db.acting_as(reader):
        await actions.retire_service(code)
    return see(request, "/admin/services", said="catalog.retired_now")


@post("/admin/services/{code:str}/return", include_in_schema=False, status_code=303)
async def restore_service(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    async with db.acting_as(reader):
        await actions.restore_service(code)
    return see(request, f"/admin/services/{code}", said="catalog.restored_now")


async def _edit(
    request: AnyRequest, reader: Reader, code: str | None, form: forms.Form | None, *, status: int = 200
) -> Response[str]:
    """`code` is None for a service that is yet to be."""
    said = language(request)
    async with db.acting_as(reader, writing=False):
        await check_administers()
        found = await queries.service(code, retired=True) if code else None
        departments = await directory.departments()
    return page(
        request,
        "catalog/edit.html",
        status=status,
        form=form or forms.blank(**(typed.service_typed(found) if found else {})),
        service=offer(found, said) if found else None,
        catch_all=bool(found and found.catch_all),
        questions=_questions(found, said),
        departments=options(departments, said),
        approvers=approvers(departments, said),
        icons=[(icon, say(said, f"catalog.icon_{icon.replace('-', '_')}")) for icon in ICONS],
        reasons=[(reason.value, say(said, f"disclosure.reason_{reason}")) for reason in Reason],
    )


def _questions(found: Service | None, said: str) -> list[object]:
    return [question(one, said) for one in found.fields] if found else []


def approvers(departments: list[Department], said: str) -> list[tuple[str, str]]:
    """Whose signature a service may want."""
    heads = [
        (f"{HEAD_OF}{one.code}", say(said, "catalog.step_head_of", department=one.name(said))) for one in departments
    ]
    return [(step.value, say(said, f"catalog.step_{step}")) for step in (Step.SUPERIOR, Step.HEAD)] + heads


def options(departments: list[Department], said: str) -> list[tuple[str, str]]:
    return [(one.code, one.name(said)) for one in departments]


routes = [services, new_service, add_service, edit_service, change_service, retire_service, restore_service]
