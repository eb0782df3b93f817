"""One person: what everybody may know, and what those who keep the directory change."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Meta, Struct

from desk import db
from desk.directory import actions, queries, rules
from desk.directory.routes import clearance
from desk.directory.routes.absence import NewAbsence, absence_form, colleagues, deputy_of, named
from desk.directory.routes.people import Email, Login, Name, department_named
from desk.i18n import Forbidden, Refused
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.viewer import STAFF, AnyRequest, Asks


class Facts(Struct, frozen=True):
    name: Name
    email: Email
    department: Login
    title: Annotated[str, Meta(max_length=120)] | None = None
    guest: bool = False


class CriticalRole(Struct, frozen=True):
    critical: bool = False


class NewSuperior(Struct, frozen=True):
    superior: Login | None = None


class NewLevel(Struct, frozen=True):
    department: Login
    level: Annotated[str, Meta(pattern="^[023]$")]


@get("/people/{login:str}", opt=STAFF, include_in_schema=False)
async def show(request: AnyRequest, reader: Asks, login: FromPath[str]) -> Response[str]:
    return await person_page(request, reader, login)


@post("/people/{login:str}", opt=STAFF, include_in_schema=False, status_code=303)
async def change(request: AnyRequest, reader: Asks, login: FromPath[str]) -> Response[str]:
    try:
        facts = (await forms.read(request, Facts)).value
        async with db.acting_as(reader):
            person = await queries.person_called(login)
            department = await department_named(facts.department)
            await actions.change_person(
                person.id,
                name=facts.name,
                email=facts.email,
                department=department,
                title=facts.title,
                guest=facts.guest,
            )
    except Refused as refusal:
        return await person_page(request, reader, login, refusal, facts=await forms.again(request, refusal))
    return see(request, f"/people/{person.login}", said="directory.saved")


@post("/people/{login:str}/superior", opt=STAFF, include_in_schema=False, status_code=303)
async def set_superior(request: AnyRequest, reader: Asks, login: FromPath[str]) -> Response[str]:
    try:
        posted = (await forms.read(request, NewSuperior)).value
        async with db.acting_as(reader):
            person = await queries.person_called(login)
            superior = await named("superior", posted.superior)
            await actions.set_superior(person.id, superior.id if superior else None)
    except Refused as refusal:
        return await person_page(request, reader, login, refusal, superior=await forms.again(request, refusal))
    return see(request, f"/people/{person.login}", said="directory.saved")


@post("/people/{login:str}/levels", opt=STAFF, include_in_schema=False, status_code=303)
async def set_level(request: AnyRequest, reader: Asks, login: FromPath[str]) -> Response[str]:
    try:
        posted = (await forms.read(request, NewLevel)).value
        async with db.acting_as(reader):
            person = await queries.person_called(login)
            department = await department_named(posted.department)
            await actions.set_level(person.id, department, int(posted.level) or None)
    except Refused as refusal:
        return await person_page(request, reader, login, refusal, level=await forms.again(request, refusal))
    return see(request, f"/people/{person.login}", said="directory.saved")


@post("/people/{login:str}/critical", opt=STAFF, include_in_schema=False, status_code=303)
async def set_critical(request: AnyRequest, reader: Asks, login: FromPath[str]) -> Response[str]:
    try:
        posted = (await forms.read(request, CriticalRole)).value
        async with db.acting_as(reader):
            person = await queries.person_called(login)
            await actions.set_critical(person.id, posted.critical)
    except Refused as refusal:
        return await person_page(request, reader, login, refusal, critical=await forms.again(request, refusal))
    return see(request, f"/people/{person.login}", said="directory.saved")


@post("/people/{login:str}/absence", opt=STAFF, include_in_schema=False, status_code=303)
async def go_away(request: AnyRequest, reader: Asks, login: FromPath[str]) -> Response[str]:
    try:
        posted = (await forms.read(request, NewAbsence)).value
        async with db.acting_as(reader):
            person = await queries.person_called(login)
            deputy = await deputy_of(posted)
            await actions.set_absence(person.id, deputy, since=posted.since, until=posted.until)
    except Refused as refusal:
        return await person_page(request, reader, login, refusal, absence=await forms.again(request, refusal))
    return see(request, f"/people/{person.login}", said="directory.saved")


@post("/people/{login:str}/absence/end", opt=STAFF, include_in_schema=False, status_code=303)
async def come_back(request: AnyRequest, reader: Asks, login: FromPath[str]) -> Response[str]:
    await forms.read(request, forms.Nothing)
    async with db.acting_as(reader):
        person = await queries.person_called(login)
        await actions.end_absence(person.id)
    return see(request, f"/people/{person.login}", said="directory.saved")


async def person_page(
    request: AnyRequest, reader: db.Reader, login: str, refusal: Refused | None = None, **again: forms.Form
) -> Response[str]:
    if isinstance(refusal, Forbidden):
        raise refusal  # whoever may not change this has no form in which it could be said
    await clearance.journal(request, reader, refusal)
    async with db.acting_as(reader, writing=False):
        view = await queries.person_view(login, now(request))
        mine = await queries.roles(reader.person)
        told: dict[str, Any] = {"colleagues": []}
        if rules.may_administer(mine):
            told["colleagues"] = await colleagues(view.person.department, now(request))
        told["departments"] = await queries.departments()
    told |= {"view": view, "administers": rules.may_administer(mine), "appoints": "administrator" in mine}
    told["forms"] = _forms(request, view) | again
    return page(request, "directory/person.html", status=refusal.status if refusal else 200, **told)


def _forms(request: AnyRequest, view: queries.PersonView) -> dict[str, forms.Form]:
    person = view.person
    level = next((one.level for one in view.held if one.department.id == person.department), 0)
    facts = forms.blank(
        name=person.name,
        email=person.email,
        department=view.department.code,
        title=person.title or "",
        guest="on" if person.guest else "",
    )
    return {
        "facts": facts,
        "superior": forms.blank(superior=view.line[0].login if view.line else ""),
        "critical": forms.blank(critical="on" if person.critical else ""),
        "level": forms.blank(department=view.department.code, level=str(level)),
        "roles": forms.blank(roles=sorted(view.roles)),
        "absence": absence_form(request),
    }
