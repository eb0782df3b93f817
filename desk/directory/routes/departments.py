"""Departments: their people, their head, their names."""

from typing import Annotated

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Meta, Struct

from desk import db
from desk.directory import actions, queries, rules
from desk.directory.routes import clearance
from desk.directory.routes.absence import colleagues, named
from desk.directory.routes.people import Login
from desk.i18n import Forbidden, Refused
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.viewer import STAFF, AnyRequest, Asks

Name = Annotated[str, Meta(min_length=1, max_length=64)]


class NewDepartment(Struct, frozen=True):
    code: Login
    name_zh: Name
    name_en: Name


class Facts(Struct, frozen=True):
    name_zh: Name
    name_en: Name
    closed: bool = False


class NewHead(Struct, frozen=True):
    head: Login | None = None


@get("/departments", opt=STAFF, include_in_schema=False)
async def departments(request: AnyRequest, reader: Asks) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        lines = await queries.department_lines(now(request))
        administers = rules.may_administer(await queries.roles(reader.person))
    return page(request, "directory/departments.html", departments=lines, administers=administers)


@get("/departments/new", opt=STAFF, include_in_schema=False)
async def new_department(request: AnyRequest, reader: Asks) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        rules.check_may_administer(await queries.roles(reader.person))
    return page(request, "directory/new_department.html", form=forms.blank())


@post("/departments", opt=STAFF, include_in_schema=False, status_code=303)
async def add_department(request: AnyRequest, reader: Asks) -> Response[str]:
    try:
        new = (await forms.read(request, NewDepartment)).value
        async with db.acting_as(reader):
            await actions.add_department(new.code.lower(), new.name_zh, new.name_en)
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return page(request, "directory/new_department.html", status=refusal.status, form=form)
    return see(request, f"/departments/{new.code.lower()}", said="directory.department_added")


@get("/departments/{code:str}", opt=STAFF, include_in_schema=False)
async def show(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    return await department_page(request, reader, code)


@post("/departments/{code:str}", opt=STAFF, include_in_schema=False, status_code=303)
async def change(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    try:
        facts = (await forms.read(request, Facts)).value
        async with db.acting_as(reader):
            department = await queries.department_called(code)
            await actions.change_department(
                department.id, name_zh=facts.name_zh, name_en=facts.name_en, closed=facts.closed
            )
    except Refused as refusal:
        return await department_page(request, reader, code, refusal, facts=await forms.again(request, refusal))
    return see(request, f"/departments/{code}", said="directory.saved")


@post("/departments/{code:str}/head", opt=STAFF, include_in_schema=False, status_code=303)
async def set_head(request: AnyRequest, reader: Asks, code: FromPath[str]) -> Response[str]:
    try:
        posted = (await forms.read(request, NewHead)).value
        async with db.acting_as(reader):
            department = await queries.department_called(code)
            head = await named("head", posted.head)
            await actions.set_head(department.id, head.id if head else None)
    except Refused as refusal:
        return await department_page(request, reader, code, refusal, head=await forms.again(request, refusal))
    return see(request, f"/departments/{code}", said="directory.saved")


async def department_page(
    request: AnyRequest, reader: db.Reader, code: str, refusal: Refused | None = None, **again: forms.Form
) -> Response[str]:
    if isinstance(refusal, Forbidden):
        raise refusal  # whoever may not change this has no form in which it could be said
    await clearance.journal(request, reader, refusal)
    at = now(request)
    async with db.acting_as(reader, writing=False):
        view = await queries.department_view(code, at)
        administers = rules.may_administer(await queries.roles(reader.person))
        near = await colleagues(view.department.id, at) if administers else []
    department = view.department
    facts = forms.blank(
        name_zh=department.name_zh, name_en=department.name_en, closed="on" if department.closed_at else ""
    )
    fresh = {"facts": facts, "head": forms.blank(head=view.head.login if view.head else "")}
    return page(
        request,
        "directory/department.html",
        status=refusal.status if refusal else 200,
        view=view,
        administers=administers,
        colleagues=near,
        forms=fresh | again,
    )
