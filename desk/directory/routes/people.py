"""The list of people, and who comes new."""

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromQuery
from msgspec import Meta, Struct

from desk import db
from desk.directory import actions, queries, rules
from desk.i18n import Invalid, Sentence
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.viewer import STAFF, AnyRequest, Asks

Asked = FromQuery[str]
Login = Annotated[str, Meta(max_length=64)]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
Email = Annotated[str, Meta(min_length=1, max_length=254)]


class NewPerson(Struct, frozen=True):
    login: Login
    name: Name
    email: Email
    department: Login
    title: Annotated[str, Meta(max_length=120)] | None = None
    guest: bool = False


@get("/people", opt=STAFF, include_in_schema=False)
async def people(request: AnyRequest, reader: Asks) -> Response[str]:
    """Asked for by ?search=, ?department=, ?left=on and, for the next page, ?after= a login."""
    asked = {name: request.query_params.get(name, "").strip()[:80] for name in ("search", "department", "left")}
    after = request.query_params.get("after", "")
    async with db.acting_as(reader, writing=False):
        found = await queries.people_page(
            now(request),
            search=asked["search"],
            department=asked["department"] or None,
            after=after,
            left=bool(asked["left"]),
        )
        told: dict[str, Any] = {"departments": await queries.departments()}
        told["administers"] = rules.may_administer(await queries.roles(reader.person))
    kept = {name: value for name, value in asked.items() if value}
    told["next_page"] = "/people?" + urlencode(kept | {"after": found.next}) if found.next else ""
    told["first_page"] = "/people?" + urlencode(kept) if after else ""
    return page(request, "directory/people.html", people=found.items, form=forms.blank(**asked), **told)


@get("/people/new", opt=STAFF, include_in_schema=False)
async def new_person(request: AnyRequest, reader: Asks, department: Asked = "") -> Response[str]:
    return await _new_person(request, reader, forms.blank(department=department))


@post("/people", opt=STAFF, include_in_schema=False, status_code=303)
async def add_person(request: AnyRequest, reader: Asks) -> Response[str]:
    try:
        posted = (await forms.read(request, NewPerson)).value
        async with db.acting_as(reader):
            department = await department_named(posted.department)
            new = actions.NewPerson(
                login=posted.login.lower(),
                name=posted.name,
                email=posted.email,
                department=department,
                title=posted.title,
                guest=posted.guest,
            )
            await actions.add_person(new)
    except Invalid as refusal:
        return await _new_person(request, reader, await forms.again(request, refusal), refusal.status)
    return see(request, f"/people/{new.login}", said="directory.person_added")


async def department_named(code: str) -> int:
    """Raises Invalid about the field `department`."""
    try:
        return (await queries.department_called(code)).id
    except rules.Unknown as unknown:
        raise Invalid({"department": Sentence("directory.no_such_department")}) from unknown


async def _new_person(request: AnyRequest, reader: db.Reader, form: forms.Form, status: int = 200) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        rules.check_may_administer(await queries.roles(reader.person))
        all_departments = await queries.departments()
    return page(request, "directory/new_person.html", status=status, form=form, departments=all_departments)
