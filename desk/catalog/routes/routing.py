"""The routing rules, in the order in which they are asked."""

from typing import Annotated, Literal

from litestar import Response, get, post
from litestar.params import PathParameter
from msgspec import Struct, structs

from desk import db
from desk.catalog import actions, queries
from desk.catalog.actions import RuleDraft
from desk.catalog.actions.record import check_administers
from desk.catalog.routes.services import options
from desk.catalog.rules.typed import TypedRule
from desk.db import Reader
from desk.directory import queries as directory
from desk.i18n import Refused
from desk.web import forms
from desk.web.page import page, see
from desk.web.viewer import AnyRequest, Asks, language

RuleId = Annotated[int, PathParameter(ge=1, le=2**31 - 1)]  # what the column holds


class Move(Struct, frozen=True):
    where: Literal["up", "down"]


@get("/admin/rules", include_in_schema=False)
async def rules(request: AnyRequest, reader: Asks) -> Response[str]:
    said = language(request)
    async with db.acting_as(reader, writing=False):
        await check_administers()
        lines = await queries.rule_lines()
    return page(request, "catalog/rules.html", rules=[line.told(said) for line in lines])


@get("/admin/rules/new", include_in_schema=False)
async def new_rule(request: AnyRequest, reader: Asks) -> Response[str]:
    return await _edit(request, reader, None, forms.blank())


@post("/admin/rules", include_in_schema=False, status_code=303)
async def add_rule(request: AnyRequest, reader: Asks) -> Response[str]:
    try:
        wanted = await _wanted(request)
        async with db.acting_as(reader):
            await actions.add_rule(wanted)
    except Refused as refusal:
        return await _edit(request, reader, None, await forms.again(request, refusal), status=refusal.status)
    return see(request, "/admin/rules", said="catalog.rule_added")


@get("/admin/rules/{rule:int}", include_in_schema=False)
async def edit_rule(request: AnyRequest, reader: Asks, rule: RuleId) -> Response[str]:
    return await _edit(request, reader, rule, None)


@post("/admin/rules/{rule:int}", include_in_schema=False, status_code=303)
async def change_rule(request: AnyRequest, reader: Asks, rule: RuleId) -> Response[str]:
    try:
        wanted = await _wanted(request)
        async with db.acting_as(reader):
            await actions.change_rule(rule, wanted)
    except Refused as refusal:
        return await _edit(request, reader, rule, await forms.again(request, refusal), status=refusal.status)
    return see(request, "/admin/rules", said="catalog.saved")


@post("/admin/rules/{rule:int}/place", include_in_schema=False, status_code=303)
async def move_rule(request: AnyRequest, reader: Asks, rule: RuleId) -> Response[str]:
    where = (await forms.read(request, Move)).value.where
    async with db.acting_as(reader):
        await actions.move_rule(rule, up=where == "up")
    return see(request, "/admin/rules")


@post("/admin/rules/{rule:int}/removal", include_in_schema=False, status_code=303)
async def remove_rule(request: AnyRequest, reader: Asks, rule: RuleId) -> Response[str]:
    async with db.acting_as(reader):
        await actions.retire_rule(rule)
    return see(request, "/admin/rules", said="catalog.rule_removed")


async def _wanted(request: AnyRequest) -> RuleDraft:
    return RuleDraft(**structs.asdict((await forms.read(request, TypedRule)).value))


async def _edit(
    request: AnyRequest, reader: Reader, rule: int | None, form: forms.Form | None, *, status: int = 200
) -> Response[str]:
    """`rule` is None for one that is yet to be."""
    said = language(request)
    async with db.acting_as(reader, writing=False):
        await check_administers()
        services = await queries.services()
        departments = await directory.departments()
        if form is None and rule is not None:
            form = forms.blank(**(await queries.rule_line(rule)).typed())
    return page(
        request,
        "catalog/rule.html",
        status=status,
        rule=rule,
        form=form or forms.blank(),
        departments=options(departments, said),
        services=[(one.code, one.name(said)) for one in services],
        fields_known=[(one.name(said), field.name, field.label(said)) for one in services for field in one.fields],
    )


routes = [rules, new_rule, add_rule, edit_rule, change_rule, move_rule, remove_rule]
