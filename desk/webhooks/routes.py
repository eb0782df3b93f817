"""The page of the webhooks: for administrators and for heads, who keep those of their own departments."""

from typing import Annotated

from litestar import Response, get, post
from litestar.params import PathParameter
from msgspec import Meta, Struct

from desk import db
from desk.directory import queries as directory
from desk.directory.routes.listed import listed
from desk.i18n import LANGUAGES, Refused, say
from desk.web import forms
from desk.web.page import now, page, see
from desk.web.viewer import AnyRequest, Asks, language
from desk.webhooks import queries
from desk.webhooks.actions import keeping
from desk.webhooks.actions.keeping import New
from desk.webhooks.queries import Line
from desk.webhooks.rules.keeping import check_keeps_any
from desk.webhooks.rules.kinds import Kind

PAGE = "/admin/webhooks"
WebhookId = Annotated[int, PathParameter(ge=1, le=2**63 - 1)]


class Typed(Struct, frozen=True, kw_only=True):
    """`secret` is taken as typed and never given back."""

    department: Annotated[str, Meta(min_length=1, max_length=64)]
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    kind: Kind
    address: Annotated[str, Meta(min_length=1, max_length=1000)]
    secret: Annotated[str, Meta(max_length=200)] | None = None
    language: Annotated[str, Meta(pattern="^(zh-CN|en)$")]


class Told(Struct, frozen=True):
    """A line of the page."""

    id: int
    name: str
    kind: str
    host: str
    department: str
    language: str
    made_by: str
    line: Line
    fault: str


@get(PAGE, include_in_schema=False)
async def webhooks(request: AnyRequest, reader: Asks) -> Response[str]:
    return await _shown(request, reader, forms.blank(language=language(request)))


@post(PAGE, include_in_schema=False, status_code=303)
async def add(request: AnyRequest, reader: Asks) -> Response[str]:
    try:
        new = (await forms.read(request, Typed)).value
        async with db.acting_as(reader):
            of = await listed(directory.department_called, new.department, "department")
            wanted = New(
                department=of.id, name=new.name, kind=new.kind, address=new.address, secret=new.secret,
                language=new.language,
            )  # fmt: skip
            await keeping.add(wanted, at=now(request))
    except Refused as refusal:
        return await _shown(request, reader, await forms.again(request, refusal), status=refusal.status)
    return see(request, PAGE, said="webhooks.added")


@post(PAGE + "/{webhook:int}/trial", include_in_schema=False, status_code=303)
async def try_out(request: AnyRequest, reader: Asks, webhook: WebhookId) -> Response[str]:
    async with db.acting_as(reader):
        await keeping.try_out(webhook, at=now(request))
    return see(request, PAGE, said="webhooks.tried")


@post(PAGE + "/{webhook:int}/end", include_in_schema=False, status_code=303)
async def end(request: AnyRequest, reader: Asks, webhook: WebhookId) -> Response[str]:
    async with db.acting_as(reader):
        await keeping.end(webhook, at=now(request))
    return see(request, PAGE, said="webhooks.ended")


async def _shown(request: AnyRequest, reader: db.Reader, form: forms.Form, *, status: int = 200) -> Response[str]:
    said = language(request)
    async with db.acting_as(reader, writing=False):
        roles, led = await queries.kept(now(request))
        check_keeps_any(roles=roles, led=led)
        mine = None if "administrator" in roles else led
        found = await queries.lines(mine)
        departments = [one for one in await directory.departments() if mine is None or one.id in mine]
    return page(
        request,
        "webhooks/list.html",
        status=status,
        form=form,
        lines=[_told(one, said) for one in found],
        departments=[(one.code, one.name(said)) for one in departments],
        kinds=[(kind.value, say(said, f"webhooks.kind_{kind.value}")) for kind in Kind],
        languages=[(one, say(said, f"webhooks.language_{one[:2]}")) for one in LANGUAGES],
        is_administrator=mine is None,
    )


def _told(one: Line, said: str) -> Told:
    return Told(
        id=one.id, name=one.name, kind=say(said, f"webhooks.kind_{one.kind.value}"), host=one.host,
        department=one.department_name(said), language=say(said, f"webhooks.language_{one.language[:2]}"),
        made_by=one.made_by, line=one, fault=_fault(one.fault, said) if one.is_failing and one.fault else "",
    )  # fmt: skip


def _fault(code: str, said: str) -> str:
    """In words; what a server answers by number is told with its number."""
    kind, _, number = code.partition("_")
    if number.lstrip("-").isdecimal():
        return say(said, f"webhooks.fault_{kind}", code=number)
    return say(said, f"webhooks.fault_{code}")


routes = [webhooks, add, try_out, end]
