"""The same actions as JSON under /api."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated, Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, HeaderParameter, PathParameter, QueryParameter

from desk import db
from desk.accounts.queries import Standing
from desk.directory import queries as directory
from desk.directory.routes.listed import listed
from desk.disclosure.rules.reading import Channel
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File
from desk.tickets.actions.filing import Filing
from desk.tickets.actions.once import claim, once
from desk.tickets.actions.updates import Shut
from desk.tickets.queries import cases, lists
from desk.tickets.queries.cases import Case
from desk.tickets.routes import reading, shapes
from desk.tickets.routes.detail import afterwards, detail
from desk.tickets.routes.show import Number
from desk.tickets.routes.telling import Teller, teller
from desk.tickets.rules.states import State
from desk.tickets.rules.words import Expectation
from desk.web import body, forms
from desk.web.openapi import takes
from desk.web.page import now
from desk.web.security import FILES_LIMIT
from desk.web.viewer import AnyRequest, Asks

PAGE = 50
Key = Annotated[str | None, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=80)]
Word = Annotated[str, QueryParameter(max_length=64)]
Act = Callable[[Case, datetime], Awaitable[Any]]
Shown = shapes.RequestShown | shapes.Away


@get("/api/requests", tags=["requests"], summary="Requests that I may read, newest first")
async def requests(
    request: AnyRequest,
    reader: Asks,
    standing: NamedDependency[Standing],
    wanted: Annotated[State | None, QueryParameter(name="state")] = None,
    department: Word = "",
    mine: FromQuery[bool] = False,
    after: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
) -> shapes.Page:
    by = teller(request)
    states = [wanted.value] if wanted else [one.value for one in State]
    async with db.acting_as(reader, writing=False):
        of = [(await directory.department_called(department)).id] if department else None
        who = standing.person if mine else None
        rows = await lists.by_number(states, departments=of, requester=who, after_number=after, at_most=PAGE + 1)
    more = str(rows[PAGE - 1]["number"]) if len(rows) > PAGE else None
    return shapes.Page([_line(row, by) for row in rows[:PAGE]], more)


@get("/api/requests/{number:int}", tags=["requests"], summary="A request as far as I may read it")
async def one(request: AnyRequest, reader: Asks, number: Number) -> shapes.RequestShown:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        told, words = await detail(number, by)
    await reading.note(reader, words, Channel.API, at=by.times.now)
    return told


@post(
    "/api/requests",
    tags=["requests"],
    summary="File a request",
    operation_class=takes(shapes.NewRequest),
)
async def file(request: AnyRequest, reader: Asks, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.NewRequest)
    filing = Filing(
        title=new.title, body=new.body, service=new.service, fields=new.fields, tier=new.tier, reason=new.reason,
        sentence=new.sentence, term=new.term, channel="api", key=key,
    )  # fmt: skip
    async with db.acting_as(reader):
        number = await tickets.file(filing, at=now(request))
        return await afterwards(number, teller(request))


@post(
    "/api/requests/{number:int}/updates",
    tags=["requests"],
    summary="Reply, write a message or a note, say that one cannot tell or was wrong",
    operation_class=takes(shapes.NewUpdate),
)
async def write(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.NewUpdate)
    return await do(request, reader, number, key, lambda case, at: _write(case, new, at), sent=new)


async def _write(case: Case, new: shapes.NewUpdate, at: datetime) -> None:
    shut = Shut(new.tier, new.reason, new.sentence, new.term)
    if new.kind == "cannot_tell":
        await tickets.cannot_tell(case, new.body, new.withheld, shut, at=at)
    elif new.kind == "wrong":
        await tickets.correct(case, new.corrects, new.body, new.why, at=at)
    elif new.kind == "note":
        await tickets.note(case, new.body, shut, at=at)
    elif case.actor.handles(case.department) and case.writer.person != case.requester:
        expected = Expectation(new.expectation.by, new.expectation.text) if new.expectation else None
        await tickets.reply(case, new.body, shut, at=at, expectation=expected, answer=new.answer)
    else:
        await tickets.message(case, new.body, shut, at=at)


@post(
    "/api/requests/{number:int}/updates/{token:str}/correction",
    tags=["requests"],
    summary="Correct own words",
    operation_class=takes(shapes.NewCorrection),
)
async def correct(
    request: AnyRequest,
    reader: Asks,
    number: Number,
    token: Annotated[str, PathParameter(max_length=24)],
    key: Key = None,
) -> Shown:
    new = await forms.read_json(request, shapes.NewCorrection)
    return await do(
        request, reader, number, key, lambda case, at: tickets.correct(case, token, new.body, new.why, at=at), sent=new
    )


@post(
    "/api/requests/{number:int}/attachments",
    tags=["requests"],
    summary="Attach files (multipart, field `files`)",
    request_max_body_size=FILES_LIMIT,
)
async def attach(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    sent = (await body.fields(request)).get("files", [])
    files = [File(part.filename, await part.read()) for part in sent if not isinstance(part, str)]
    return await do(request, reader, number, key, lambda case, at: tickets.attach_to(case, files, at=at), files=files)


@post("/api/requests/{number:int}/take", tags=["requests"], summary="Take it into my hands")
async def take(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    return await do(request, reader, number, key, lambda case, at: tickets.take(case, at=at))


@post(
    "/api/requests/{number:int}/assignment",
    tags=["requests"],
    summary="Assign it to a colleague",
    operation_class=takes(shapes.Assignment),
)
async def assign(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.Assignment)

    async def to(case: Case, at: datetime) -> None:
        await tickets.assign(case, (await listed(directory.person_called, new.handler, "handler")).id, at=at)

    return await do(request, reader, number, key, to, sent=new)


@post(
    "/api/requests/{number:int}/handover",
    tags=["requests"],
    summary="Hand it over to another department",
    operation_class=takes(shapes.Handover),
)
async def hand_over(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.Handover)

    async def to(case: Case, at: datetime) -> None:
        receiving = await listed(directory.department_called, new.department, "department")
        await tickets.hand_over(case, receiving.id, new.reason, at=at)

    return await do(request, reader, number, key, to, sent=new)


@post(
    "/api/requests/{number:int}/priority",
    tags=["requests"],
    summary="Say how critical it is; what is owed gets the targets that follow",
    operation_class=takes(shapes.Prioritised),
)
async def prioritise(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.Prioritised)
    return await do(
        request, reader, number, key,
        lambda case, at: tickets.set_priority(case, new.priority, new.reason, at=at), sent=new,
    )  # fmt: skip


@post(
    "/api/requests/{number:int}/question",
    tags=["requests"],
    summary="Ask the requester; the clock stands still",
    operation_class=takes(shapes.NewQuestion),
)
async def ask(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.NewQuestion)
    shut = Shut(new.tier, new.reason, new.sentence, new.term)
    return await do(request, reader, number, key, lambda case, at: tickets.ask(case, new.body, shut, at=at), sent=new)


@post(
    "/api/requests/{number:int}/resolution",
    tags=["requests"],
    summary="Resolve it with one sentence",
    operation_class=takes(shapes.Resolution),
)
async def resolve(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.Resolution)
    return await do(request, reader, number, key, lambda case, at: tickets.resolve(case, new.outcome, at=at), sent=new)


@post(
    "/api/requests/{number:int}/decline",
    tags=["requests"],
    summary="Decline it with a reason",
    operation_class=takes(shapes.Why),
)
async def decline(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.Why)
    return await do(request, reader, number, key, lambda case, at: tickets.decline(case, new.reason, at=at), sent=new)


@post("/api/requests/{number:int}/acceptance", tags=["requests"], summary="Accept the outcome")
async def accept(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    return await do(request, reader, number, key, lambda case, at: tickets.accept(case, at=at))


@post(
    "/api/requests/{number:int}/reopening",
    tags=["requests"],
    summary="Not yet, or again",
    operation_class=takes(shapes.Why),
)
async def reopen(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    new = await forms.read_json(request, shapes.Why)
    return await do(request, reader, number, key, lambda case, at: tickets.reopen(case, new.reason, at=at), sent=new)


@post("/api/requests/{number:int}/withdrawal", tags=["requests"], summary="Withdraw my request")
async def withdraw(request: AnyRequest, reader: Asks, number: Number, key: Key = None) -> Shown:
    return await do(request, reader, number, key, lambda case, at: tickets.withdraw(case, at=at))


async def do(
    request: AnyRequest,
    reader: db.Reader,
    number: int,
    key: str | None,
    act: Act,
    *,
    sent: Any = None,
    files: Sequence[File] = (),
) -> Shown:
    """The action and what it leads to, in one transaction. A retried key answers with the request as it stands now."""
    at = now(request)
    claimed = claim(request.url.path, key, sent, files, program=True)
    async with db.acting_as(reader):
        async with once(claimed, at=at) as earlier:
            if earlier.answer is None:
                await act(await cases.held(number, at=at), at)
                earlier.answer = str(number)
        return await afterwards(number, teller(request))


def _line(row: Any, by: Teller) -> shapes.Line:
    return shapes.Line(
        number=row["number"],
        title=row["title"],
        state=row["state"],
        tier=row["tier"],
        service=by.either(row, "service"),
        requester=row["requester"],
        requesting_department=by.either(row, "from"),
        handler=row["handler_name"],
    )
