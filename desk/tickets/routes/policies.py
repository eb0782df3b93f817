"""Target rules: every employee reads which hold, administrators keep them. A line is added, moved and ended only."""

from typing import Annotated, Any, Literal

from litestar import Response, get, post
from litestar.params import PathParameter
from msgspec import Struct

from desk import db
from desk.catalog import queries as catalog
from desk.catalog.rules.service import NoService
from desk.directory import queries as directory
from desk.directory.rules import Unknown
from desk.i18n import Invalid, Refused, Sentence
from desk.sla.actions import policies as actions
from desk.sla.queries import policies
from desk.sla.rules.policies import SHARE, Line, may_keep
from desk.sla.rules.targets import Target, document
from desk.tickets.rules import policies as rules
from desk.tickets.rules.policies import LineSaid, Names, TypedLine
from desk.web import forms
from desk.web.page import page, see
from desk.web.viewer import STAFF, AnyRequest, Asks, language

PAGE = "/policies"
LineId = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]  # what the column holds


class Move(Struct, frozen=True):
    where: Literal["up", "down"]


class PolicySaid(Struct, frozen=True, kw_only=True):
    """`when` in words; a target that is null is the service's own; `critical`: it counts towards the share."""

    place: int
    name: str
    when: list[str]
    critical: bool
    reply: dict[str, Any] | None
    resolution: dict[str, Any] | None


class PoliciesSaid(Struct, frozen=True):
    items: list[PolicySaid]
    next: str | None = None


@get(PAGE, opt=STAFF, include_in_schema=False)
async def shown(request: AnyRequest, reader: Asks) -> Response[str]:
    said = language(request)
    async with db.acting_as(reader, writing=False):
        keeps = may_keep(await directory.roles(reader.person))
        lines, names = await policies.lines(), await _names(said)
        ended = await policies.ended() if keeps else []
    shown = [rules.told(line, names, said) for line in lines]
    return page(request, "sla/policies.html", lines=shown, keeps=keeps, ended=ended, share=SHARE)


@get("/api/policies", tags=["services"], summary="The target rules that hold, in the order in which they are asked")
async def policies_said(request: AnyRequest, reader: Asks) -> PoliciesSaid:
    said = language(request)
    async with db.acting_as(reader, writing=False):
        lines, names = await policies.lines(), await _names(said)
    return PoliciesSaid([_said(line, rules.told(line, names, said)) for line in lines])


@get(PAGE + "/new", opt=STAFF, include_in_schema=False)
async def new_line(request: AnyRequest, reader: Asks) -> Response[str]:
    return await _edit(request, reader, forms.blank())


@post(PAGE, opt=STAFF, include_in_schema=False, status_code=303)
async def add_line(request: AnyRequest, reader: Asks) -> Response[str]:
    try:
        typed = (await forms.read(request, TypedLine)).value
        async with db.acting_as(reader):
            await actions.check_keeps()
            service, department = await service_called(typed.service), await department_called(typed.department)
            await actions.add(rules.line(typed, service=service, department=department))
    except Refused as refusal:
        return await _edit(request, reader, await forms.again(request, refusal), status=refusal.status)
    return see(request, PAGE, said="sla.policy_added")


@post(PAGE + "/{line:int}/place", opt=STAFF, include_in_schema=False, status_code=303)
async def move_line(request: AnyRequest, reader: Asks, line: LineId) -> Response[str]:
    where = (await forms.read(request, Move)).value.where
    async with db.acting_as(reader):
        await actions.move(line, up=where == "up")
    return see(request, PAGE)


@post(PAGE + "/{line:int}/end", opt=STAFF, include_in_schema=False, status_code=303)
async def end_line(request: AnyRequest, reader: Asks, line: LineId) -> Response[str]:
    await forms.read(request, forms.Nothing)
    async with db.acting_as(reader):
        await actions.end(line)
    return see(request, PAGE, said="sla.policy_ended")


async def service_called(code: str | None) -> int | None:
    """Raises Invalid."""
    try:
        return (await catalog.service(code)).id if code else None
    except NoService as missing:
        raise Invalid({"service": missing.sentence}) from None


async def department_called(code: str | None) -> int | None:
    """Raises Invalid."""
    try:
        return (await directory.department_called(code)).id if code else None
    except Unknown:
        raise Invalid({"department": Sentence("catalog.no_department")}) from None


async def choices(said: str) -> dict[str, Any]:
    """What forms about requests choose from: (code, name)."""
    return {
        "services": [(one.code, one.name(said)) for one in await catalog.services()],
        "departments": [(one.code, one.name(said)) for one in await directory.departments()],
    }


async def _edit(request: AnyRequest, reader: db.Reader, form: forms.Form, *, status: int = 200) -> Response[str]:
    async with db.acting_as(reader, writing=False):
        await actions.check_keeps()
        known = await choices(language(request))
    return page(request, "sla/policy.html", status=status, form=form, share=SHARE, **known)


async def _names(said: str) -> Names:
    services = {one.id: one.name(said) for one in await catalog.services(retired=True)}
    return Names(services, {one.id: one.name(said) for one in await directory.departments(closed=True)})


def _said(line: Line, told: LineSaid) -> PolicySaid:
    return PolicySaid(
        place=line.place, name=told.name, when=told.when, critical=told.critical, reply=_rule(line.reply),
        resolution=_rule(line.resolution),
    )  # fmt: skip


def _rule(target: Target | None) -> dict[str, Any] | None:
    return None if target is None else document(target)


routes = [shown, policies_said, new_line, add_line, move_line, end_line]
