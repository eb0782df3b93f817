"""Asking for something: which service, what it promises, what to bring, and who will be able to read it."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from desk import db
from desk.accounts.queries import Standing
from desk.catalog import queries as catalog
from desk.catalog.rules.answers import PREFIX
from desk.catalog.rules.service import Field, Service
from desk.directory import queries as directory
from desk.directory.rules import Unknown
from desk.i18n import Invalid, Refused
from desk.sla.queries import clocks
from desk.sla.rules import instants, why
from desk.sla.rules.kinds import Kind
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File
from desk.tickets.actions.filing import Filing
from desk.tickets.queries import standards
from desk.tickets.routes import readers
from desk.tickets.routes.finds import find, own_words
from desk.tickets.routes.show import reasons, tiers
from desk.tickets.routes.telling import Teller, teller
from desk.tickets.rules import files as file_rules
from desk.web import forms
from desk.web.forms import Form
from desk.web.page import now, page, see
from desk.web.security import FILES_LIMIT
from desk.web.viewer import AnyRequest, Asks

Text = Annotated[str, Meta(max_length=40_000)]
Code = Annotated[str, Meta(max_length=64)]
Words = Annotated[str, QueryParameter(max_length=200)]


class NewRequest(Struct, frozen=True, kw_only=True):
    service: Code
    title: Text = ""
    body: Text = ""
    tier: Annotated[int, Meta(ge=0, le=4)] | None = None
    reason: Code | None = None
    sentence: Text | None = None
    term: Annotated[int, Meta(ge=1, le=999)] | None = None
    requester: Code | None = None
    channel: Annotated[str, Meta(pattern="^(phone|visit)$")] | None = None
    files: list[UploadFile] = []


class Promised(Struct, frozen=True, kw_only=True):
    """A service as its form tells it."""

    code: str
    name: str
    department: str
    scope: str
    excludes: str
    bring: list[str]
    reply: str
    resolution: str
    why: list[str]
    people: str


class Question(Struct, frozen=True, kw_only=True):
    name: str
    kind: str
    label: str
    hint: str
    need: bool
    options: list[tuple[str, str]]


@get("/new", include_in_schema=False)
async def new_page(
    request: AnyRequest, reader: Asks, standing: NamedDependency[Standing], service: Words = "", q: Words = ""
) -> Response[str]:
    form = forms.blank(title=q)
    return await _page(request, reader, standing, service, q, form)


@post("/new", include_in_schema=False, status_code=303, request_max_body_size=FILES_LIMIT)
async def file(request: AnyRequest, reader: Asks, standing: NamedDependency[Standing]) -> Response[str]:
    try:
        posted = await forms.read(request, NewRequest, open_prefix=PREFIX)
        number = await _file(request, reader, posted)
    except Refused as refusal:
        form = await forms.again(request, refusal)
        return await _page(request, reader, standing, form.value("service"), "", form, status=refusal.status)
    return see(request, f"/requests/{number}", said="tickets.done_file")


async def _file(request: AnyRequest, reader: db.Reader, posted: forms.Posted[NewRequest]) -> int:
    new, at = posted.value, now(request)
    files = [File(one.filename, await one.read()) for one in new.files]
    async with db.acting_as(reader):
        filing = Filing(
            title=new.title, body=new.body, service=new.service, fields=posted.rest, tier=new.tier, reason=new.reason,
            sentence=new.sentence, term=new.term, key=posted.key,
            channel=(new.channel or "phone") if new.requester else "web", requester=await _asked_by(new.requester),
        )  # fmt: skip
        return await tickets.file(filing, files=files, at=at)


async def _asked_by(login: str | None) -> int | None:
    try:
        return (await directory.person_called(login)).id if login else None
    except Unknown as unknown:
        raise Invalid({"requester": unknown.sentence}) from None


async def _page(
    request: AnyRequest, reader: db.Reader, standing: Standing, code: str, q: str, form: Form, *, status: int = 200
) -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        context = await (_chosen(code, by, standing) if code else _choose(q, by))
    context |= {"form": form, "q": q, "own_words": own_words(q)}
    return page(request, "tickets/new.html", fragment="finds", status=status, **context)


async def _choose(q: str, by: Teller) -> dict[str, Any]:
    finds = [find(service, by, q) for service in await catalog.suggestions(q)]
    groups = [
        (group.name(by.language), [find(one, by, q) for one in group.services]) for group in await catalog.groups()
    ]
    return {"service": None, "finds": finds, "groups": groups}


async def _chosen(code: str, by: Teller, standing: Standing) -> dict[str, Any]:
    service = await (catalog.catch_all() if code == "any" else catalog.service(code))
    return {
        "service": await _promised(service, by),
        "finds": [],
        "groups": [],
        "questions": [_question(field, by.language) for field in service.fields],
        "tiers": tiers(by, service.tier),
        "tier": service.tier,
        "readers": await readers.at_first(service, by),
        "reasons": reasons(by),
        "on_behalf": bool(standing.handles),
        "max_bytes": file_rules.BYTES,
        "max_count": file_rules.FILES,
        "size": "25 MB",
    }


async def _promised(service: Service, by: Teller) -> Promised:
    """What the reader would be promised if it were filed now."""
    under = await standards.of_new(service, requester=db.reader().person or 0, holder=service.department)
    clock = await clocks.clock(service.department)
    reply, resolution = (clock.promised(under, kind, by.times.now) for kind in (Kind.FIRST_REPLY, Kind.RESOLUTION))
    name = service.department_name(by.language)
    told = why.sentences(
        reply.why, language=by.language, zone=by.times.zone, now=by.times.now, promisor=name, kind="first_reply"
    )
    return Promised(
        code=service.code, name=service.name(by.language), department=name, scope=service.scope(by.language),
        excludes=service.excludes(by.language), bring=service.bring(by.language), why=told, people="",
        reply=by.due_by("first_reply", instants.moment(reply.at), None),
        resolution=by.due_by("resolution", instants.moment(resolution.at), None),
    )  # fmt: skip


def _question(field: Field, language: str) -> Question:
    return Question(
        name=f"{PREFIX}{field.name}", kind=field.kind.value, label=field.label(language), hint=field.hint(language),
        need=field.required, options=[(one.value, one.label(language)) for one in field.choices],
    )  # fmt: skip
